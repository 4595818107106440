package io.regrade.ledger.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.Action;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Advised;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendations;
import io.regrade.ledger.WrongStateException;
import io.regrade.metrics.RegradeMeters;
import io.regrade.offer.Item;
import io.regrade.offer.Notification;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.Content;
import io.regrade.offer.Offer.Counter;
import io.regrade.offer.Offer.State;
import io.regrade.offer.Offer.Step;
import io.regrade.offer.Offer.Verb;
import io.regrade.offer.Offers.Made;
import io.regrade.offer.Offers.Said;
import io.regrade.offer.Recipient;
import io.regrade.offer.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PgOffersTest {

    private static final Asker JANE = new Asker("http", "jane", null);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final DatabaseAddress address = TestPostgres.freshDatabase();
    private final SetClock clock = new SetClock(Advised.AT.plus(Duration.ofDays(100)));
    private final PgLedger ledger = open();

    private PgLedger open() {
        return Ledgers.open(() -> TestPostgres.connect(address), new RegradeMeters(new SimpleMeterRegistry()), clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Offer offered(String vm) {
        DecisionRecord record = Advised.move(vm, "small", 0);
        join(ledger.decisions().save(List.of(record)));
        String recommendation = join(ledger.recommendations()
                        .list(new Recommendations.Query(vm, null, null, null, null, null, null, 1)))
                .items()
                .get(0)
                .id();
        return make(new Item(
                vm,
                recommendation,
                record.decision().id(),
                Action.RECLASSIFY,
                "small",
                "aws",
                null,
                null,
                "jane",
                80,
                50,
                Double.NaN,
                "it saves"));
    }

    private Offer make(Item item) {
        Instant now = clock.instant();
        Content content = new Content(
                List.of(new Recipient("jane", null, "jane@example.org", "ops")),
                Terms.NONE,
                List.of(),
                now.plus(WEEK),
                now.plus(Duration.ofDays(2)));
        return join(ledger.offers().make(new Made(null, List.of(item), content, null, JANE)));
    }

    private Offer say(Offer offer, Verb verb, @Nullable Counter counter) {
        return join(ledger.offers().say(offer.id(), new Said(verb, JANE, null, counter), Expectation.NONE))
                .orElseThrow();
    }

    private Offer read(Offer offer) {
        return join(ledger.offers().byId(offer.id())).orElseThrow();
    }

    private static List<String> whats(Offer offer) {
        return offer.history().stream().map(Step::what).toList();
    }

    private List<Notification> take() {
        return join(ledger.outbox().take(10, LEASE));
    }

    @Test
    void whoeverTakesANotification_hasItAlone_untilTheLeaseIsOver_andThenItHasTheSameId() {
        offered("a");
        try (PgLedger other = open()) {
            List<Notification> taken = new ArrayList<>(join(ledger.outbox().take(1, LEASE)));
            List<Notification> rest = join(other.outbox().take(10, LEASE));
            assertThat(taken).hasSize(1);
            assertThat(rest).hasSize(1).doesNotContainAnyElementsOf(taken);
            assertThat(join(other.outbox().take(10, LEASE))).isEmpty();

            // The first dies after it has sent, and before it has said so.
            clock.pass(LEASE);
            List<Notification> again = join(other.outbox().take(10, LEASE));
            assertThat(again)
                    .extracting(Notification::id)
                    .containsExactlyInAnyOrder(taken.get(0).id(), rest.get(0).id());
            assertThat(again).extracting(Notification::attempts).containsOnly(2);
            assertThat(again)
                    .extracting(Notification::data)
                    .contains(taken.get(0).data());

            again.forEach(one -> join(other.outbox().delivered(one.id())));
            join(ledger.outbox().failed(taken.get(0).id(), "it came too late", clock.instant()));
            clock.pass(LEASE);
            assertThat(take()).as("what was told is told").isEmpty();
            assertThat(join(ledger.outbox().list(Notification.State.DELIVERED, null, null, 10))
                            .items())
                    .hasSize(2)
                    .allMatch(one -> one.data() == null);
        }
    }

    @Test
    void whatFailed_waitsUntilItsTime_andIsOnTheListOnceItIsGivenUp_untilSomebodyHasItSentAgain() {
        offered("a");
        List<Notification> both = take();
        Notification one = both.get(0);
        join(ledger.outbox().delivered(both.get(1).id()));
        join(ledger.outbox()
                .failed(one.id(), "it answered with status 500", clock.instant().plus(DAY)));
        assertThat(take()).isEmpty();
        clock.pass(DAY);
        assertThat(take()).extracting(Notification::id).containsExactly(one.id());

        join(ledger.outbox().failed(one.id(), "it cannot be reached", null));
        clock.pass(DAY);
        assertThat(take()).isEmpty();
        Notification dead = join(ledger.outbox().list(Notification.State.DEAD, null, null, 10))
                .items()
                .get(0);
        assertThat(dead.error()).isEqualTo("it cannot be reached");
        assertThat(dead.attempts()).isEqualTo(2);

        assertThat(join(ledger.outbox().retry(dead.id()))).contains(true);
        assertThat(join(ledger.outbox().retry(dead.id()))).contains(false);
        assertThat(join(ledger.outbox().retry("f".repeat(32)))).isEmpty();
        Notification again = take().get(0);
        assertThat(again.id()).isEqualTo(one.id());
        assertThat(again.attempts()).isEqualTo(1);
    }

    @Test
    void whoComesWhenItsTimeIsOver_closesIt_andIsToldSo() {
        Offer offer = offered("a");
        clock.pass(WEEK);

        assertThatThrownBy(() -> say(offer, Verb.ACCEPT, null))
                .hasCauseInstanceOf(WrongStateException.class)
                .hasMessageContaining("expired"); // by this, or by the server that was faster
        Offer over = read(offer);
        assertThat(over.state()).isEqualTo(State.EXPIRED);
        assertThat(over.by()).isEqualTo("server");
        assertThat(whats(over)).containsExactly("offer", "expire");
        assertThat(join(ledger.recommendations().byId(offer.items().get(0).recommendation()))
                        .orElseThrow()
                        .state())
                .isEqualTo(Recommendation.State.OPEN);
    }

    @Test
    void whatNobodyAnswers_expiresByItself() throws InterruptedException {
        Offer offer = offered("a");
        clock.pass(WEEK);
        while (read(offer).state() == State.OFFERED) {
            Thread.sleep(20);
        }
        assertThat(read(offer).state()).isEqualTo(State.EXPIRED);
        assertThat(take()).extracting(Notification::type).contains("io.regrade.offer.expired");
    }

    @Test
    void aPriceThatIsOver_isNotAccepted_butCanBeCountered() {
        Offer offer = offered("a");
        clock.pass(Duration.ofDays(3));

        assertThatThrownBy(() -> say(offer, Verb.ACCEPT, null))
                .hasCauseInstanceOf(WrongStateException.class)
                .hasMessageContaining("the price of offer `" + offer.id() + "` was valid until");
        assertThat(read(offer).state()).isEqualTo(State.OFFERED);
        Terms saturdays = new Terms(List.of("sat"), List.of(), Double.NaN, null);
        Counter counter = new Counter(saturdays, clock.instant().plus(WEEK));
        assertThat(say(offer, Verb.COUNTER, counter).state()).isEqualTo(State.COUNTERED);
    }

    @Test
    void adviceThatHasChanged_isNotAccepted_andItsOfferIsWithdrawn() {
        Offer offer = offered("a");
        join(ledger.decisions().save(List.of(Advised.move("a", "smaller", 1))));

        assertThatThrownBy(() -> say(offer, Verb.ACCEPT, null)).hasCauseInstanceOf(WrongStateException.class);
        Offer gone = read(offer);
        assertThat(gone.state()).isEqualTo(State.WITHDRAWN);
        assertThat(gone.by()).isEqualTo("server");
        assertThat(gone.reason()).isEqualTo("the advice has changed");
        assertThatThrownBy(() -> make(offer.items().get(0)))
                .hasCauseInstanceOf(WrongStateException.class)
                .hasMessageContaining("is superseded, so it cannot be offered");
    }

    @Test
    void whatWasWanted_isAFactOnEveryServer_untilItsEnd_andTheNewestCounts() throws InterruptedException {
        Offer first = offered("a");
        Instant until = clock.instant().plus(WEEK);
        say(first, Verb.COUNTER, new Counter(new Terms(List.of("sat"), List.of("m5"), 90, until), until));
        VmFacts facts =
                new VmFacts(Advised.move("a", "small", 0).decision().vm(), List.of(), List.of(), null, List.of());

        CounterOffer wanted =
                ledger.recommendations().said(facts, clock.instant()).counterOffer();
        assertThat(wanted.families()).isEqualTo("m5");
        assertThat(wanted.maxPriceUsdMonth()).isEqualTo(90);
        assertThat(wanted.windows()).containsExactly("sat");
        assertThat(wanted.notBefore()).isEqualTo(until);
        assertThat(wanted.by()).isEqualTo("jane");
        assertThat(ledger.recommendations().said(facts, until).counterOffer()).isNull();

        say(make(first.items().get(0)), Verb.COUNTER, new Counter(new Terms(List.of(), List.of(), 70, null), until));
        try (PgLedger other = open()) {
            assertThat(other.recommendations()
                            .said(facts, clock.instant())
                            .counterOffer()
                            .maxPriceUsdMonth())
                    .isEqualTo(70);
            join(ledger.decisions().erase("a", JANE, "she asked"));
            while (other.recommendations().said(facts, clock.instant()).counterOffer() != null) {
                Thread.sleep(20);
            }
        }
        assertThat(read(first).items()).as("what was erased is not there").isEmpty();
        assertThat(take()).as("nor is it told").isEmpty();
    }

    @Test
    void aCounteredOffer_isFollowedByOneAlone_orLeft() {
        Offer offer = offered("a");
        Counter counter = new Counter(
                new Terms(List.of("sat"), List.of(), Double.NaN, null),
                clock.instant().plus(WEEK));
        say(offer, Verb.COUNTER, counter);
        assertThat(join(ledger.offers().takeCountered(10, LEASE)))
                .extracting(Offer::id)
                .containsExactly(offer.id());
        assertThat(join(ledger.offers().takeCountered(10, LEASE))).isEmpty();
        clock.pass(LEASE);
        assertThat(join(ledger.offers().takeCountered(10, LEASE)))
                .as("whoever had it has gone")
                .hasSize(1);

        Made next = new Made(null, offer.items(), offer.content(), offer.id(), Asker.SERVER);
        Offer successor = join(ledger.offers().make(next));
        assertThat(successor.predecessor()).isEqualTo(offer.id());
        assertThat(read(offer).successor()).isEqualTo(successor.id());
        assertThatThrownBy(() -> join(ledger.offers().make(next)))
                .hasCauseInstanceOf(WrongStateException.class)
                .hasMessageContaining("has a successor already");

        say(successor, Verb.COUNTER, counter);
        join(ledger.offers().leave(successor.id(), "nothing fits"));
        join(ledger.offers().leave(successor.id(), "nothing fits"));
        assertThat(whats(read(successor))).containsExactly("offer", "counter", "leave");
        clock.pass(LEASE);
        assertThat(join(ledger.offers().takeCountered(10, LEASE))).isEmpty();
    }
}
