package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.Action;
import io.regrade.fact.Dismissal;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Need;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Advised;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Verb;
import io.regrade.ledger.Recommendations.Query;
import io.regrade.ledger.Recommendations.Said;
import io.regrade.ledger.WrongStateException;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.EntryBundle;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PgRecommendationsTest {

    private static final Asker JANE = new Asker("http", "jane", null);
    private static final Instant LATER = Advised.AT.plus(Duration.ofDays(300));

    private final DatabaseAddress address = TestPostgres.freshDatabase();
    private final SetClock clock = new SetClock(Advised.AT.plus(Duration.ofDays(100)));
    private final PgLedger ledger = open();

    private PgLedger open() {
        return Ledgers.open(address, new RegradeMeters(new SimpleMeterRegistry()), clock);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void save(DecisionRecord... records) {
        join(ledger.decisions().save(List.of(records)));
    }

    private List<Recommendation> all(@Nullable String vm, @Nullable State state) {
        return join(ledger.recommendations().list(new Query(vm, state, null, null, null, null, null, 500)))
                .items();
    }

    private Recommendation only(String vm, State state) {
        List<Recommendation> found = all(vm, state);
        assertThat(found).hasSize(1);
        return whole(found.get(0).id());
    }

    private Recommendation whole(String id) {
        return join(ledger.recommendations().byId(id)).orElseThrow();
    }

    private Recommendation say(String id, Verb verb, @Nullable String reason, @Nullable Instant until) {
        return join(ledger.recommendations().say(id, new Said(verb, JANE, reason, until), Expectation.NONE))
                .orElseThrow();
    }

    private static List<Dismissal> dismissals(PgLedger of, String vm, Instant at) {
        VmFacts nothing =
                new VmFacts(Advised.move(vm, "small", 0).decision().vm(), List.of(), List.of(), null, List.of());
        return of.recommendations().said(nothing, at).dismissals();
    }

    private static List<String> whats(Recommendation one) {
        return one.history().stream().map(Recommendation.Step::what).toList();
    }

    @Test
    void advice_opensOne_withWhatTheDecisionSays() {
        DecisionRecord record = Advised.move("a", "small", 0);
        save(record);

        Recommendation open = only("a", State.OPEN);
        assertThat(open.action()).isEqualTo(Action.RECLASSIFY);
        assertThat(open.target()).isEqualTo("small");
        assertThat(open.owner()).isEqualTo("jane");
        assertThat(open.cloud()).isEqualTo("aws");
        assertThat(open.savingUsdMonth()).isEqualTo(50);
        assertThat(open.decision()).isEqualTo(record.decision().id());
        assertThat(open.advice().at("/target/id").asText()).isEqualTo("small");
        assertThat(open.advice().get("risk_level").asDouble()).isEqualTo(0.5);
        assertThat(whats(open)).containsExactly("opened");
    }

    @Test
    void unchangedAdvice_isNoNewOne_butRefreshesIt() {
        save(Advised.move("a", "small", 0));
        clock.pass(Duration.ofDays(1));
        DecisionRecord again = Advised.move("a", "small", Advised.AT.plusSeconds(86_400), 61);
        save(again);

        assertThat(all("a", null)).hasSize(1);
        Recommendation open = only("a", State.OPEN);
        assertThat(open.decision()).isEqualTo(again.decision().id());
        assertThat(open.savingUsdMonth()).isEqualTo(61);
        assertThat(open.confirmations()).isEqualTo(1);
        assertThat(open.confirmedAt()).isEqualTo(clock.instant());
        assertThat(open.openedAt()).isEqualTo(clock.instant().minus(Duration.ofDays(1)));
    }

    @Test
    void changedAdvice_supersedesWhatIsOpenOrApproved() {
        save(Advised.move("a", "small", 0));
        Recommendation first = say(only("a", State.OPEN).id(), Verb.APPROVE, null, null);
        save(Advised.move("a", "smaller", 1));

        Recommendation second = only("a", State.OPEN);
        assertThat(second.target()).isEqualTo("smaller");
        Recommendation before = whole(first.id());
        assertThat(before.state()).isEqualTo(State.SUPERSEDED);
        assertThat(before.supersededBy()).isEqualTo(second.id());
        assertThat(whats(before)).containsExactly("opened", "approve", "superseded");
    }

    @Test
    void anObligation_thatComesToIt_isOtherAdvice_andAnAmountThatShiftsIsNot() {
        Need must = Need.newerOs(
                Advised.move("a", "x", 0).decision().vm(),
                new LifeCycle("centos-7", java.time.LocalDate.parse("2024-06-30"), "rocky-9"),
                true,
                "over");
        save(Advised.move("a", "small", 0));
        save(Advised.move("a", "small", Advised.AT.plusSeconds(10), 50, must));
        assertThat(all("a", null)).hasSize(2);

        save(Advised.make("b", 4, 1.234, 0.5, 0));
        save(Advised.make("b", 4, 1.25, 0.6, 1));
        assertThat(all("b", null)).hasSize(1);
        save(Advised.make("b", 8, 1.25, 0.6, 2));
        assertThat(all("b", null)).hasSize(2);
    }

    @Test
    void keep_closesWhatIsOpen_andWhatSaysNothingLeavesIt() {
        save(Advised.move("a", "small", 0));
        save(Advised.unknown("a", 1), Advised.failed("a", 2));
        assertThat(only("a", State.OPEN).confirmations()).isZero();

        DecisionRecord keep = Advised.keep("a", 3);
        save(keep);
        Recommendation closed = only("a", State.SUPERSEDED);
        assertThat(closed.supersededBy()).isNull();
        assertThat(closed.history().get(1).decision()).isEqualTo(keep.decision().id());
    }

    @Test
    void whatIsForAnEarlierMoment_replacesNothing() {
        save(Advised.move("a", "small", 5));
        save(Advised.move("a", "smaller", 4));
        assertThat(only("a", State.OPEN).target()).isEqualTo("small");
        save(Advised.keep("a", 3));
        assertThat(only("a", State.OPEN).target()).isEqualTo("small");

        // Also where nothing is open: it was decided since that the machine stays.
        save(Advised.keep("b", 5));
        save(Advised.move("b", "small", 4));
        assertThat(all("b", null)).isEmpty();
        // And also within one batch, whatever its order.
        save(Advised.move("c", "new", 9), Advised.move("c", "old", 8));
        assertThat(only("c", State.OPEN).target()).isEqualTo("new");
    }

    @Test
    void whatIsNoAdvice_makesNone() {
        DecisionRecord asked = Advised.move("a", "small", 0);
        save(new DecisionRecord(asked.decision(), asked.facts(), asked.provenance(), asked.asker(), null, false));
        assertThat(all("a", null)).isEmpty();
    }

    @Test
    void eachSaying_isALeaf_thatHidesTheReason() {
        save(Advised.move("a", "small", 0));
        String id = only("a", State.OPEN).id();
        say(id, Verb.SNOOZE, "quarter's end", LATER);
        say(id, Verb.APPROVE, null, null);
        Recommendation done = say(id, Verb.EXECUTE, "by hand", null);

        assertThat(whats(done)).containsExactly("opened", "snooze", "approve", "execute");
        assertThat(done.history().get(1).reason()).isEqualTo("quarter's end");
        assertThat(done.history().get(1).until()).isEqualTo(LATER);
        assertThat(done.history().get(3).by()).isEqualTo("jane");
        List<String> leaves = leaves(4);
        assertThat(leaves.subList(1, 4))
                .allSatisfy(leaf -> assertThat(leaf)
                        .contains("\"type\":\"approval\"", "\"recommendation\":\"" + id, "\"by\":\"jane\""))
                .noneSatisfy(leaf -> assertThat(leaf).contains("quarter"));
        assertThat(leaves.get(1))
                .contains("\"what\":\"snooze\"", "\"until\":\"" + LATER)
                .containsPattern("\"reason\":\"[0-9a-f]{64}");
        assertThat(leaves.get(2)).contains("\"what\":\"approve\"").doesNotContain("reason", "until");
    }

    private List<String> leaves(int size) {
        return EntryBundle.parse(join(ledger.log().entries(0, size)).orElseThrow()).stream()
                .map(entry -> new String(entry, UTF_8))
                .toList();
    }

    @Test
    void whatAStateDoesNotAllow_isRefused_andLeavesNoTrace() {
        save(Advised.move("a", "small", 0));
        String id = only("a", State.OPEN).id();

        assertThatThrownBy(() -> say(id, Verb.EXECUTE, null, null))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(WrongStateException.class)
                .hasMessageContaining(
                        "is open, so `execute` is not possible. Maybe `approve` or `dismiss` or `snooze`");
        say(id, Verb.APPROVE, null, null);
        say(id, Verb.EXECUTE, null, null);
        assertThatThrownBy(() -> say(id, Verb.DISMISS, "no", LATER))
                .hasCauseInstanceOf(WrongStateException.class)
                .hasMessageContaining("is executed");
        assertThat(whats(whole(id))).containsExactly("opened", "approve", "execute");
        assertThat(join(ledger.log().entries(0, 4))).isEmpty();
        assertThat(join(ledger.recommendations()
                        .say("0".repeat(32), new Said(Verb.APPROVE, JANE, null, null), Expectation.NONE)))
                .isEmpty();
    }

    @Test
    void aChangeInBetween_failsTheExpectation() {
        save(Advised.move("a", "small", 0));
        Recommendation seen = only("a", State.OPEN);
        save(Advised.move("a", "small", 1));

        assertThatThrownBy(() -> join(ledger.recommendations()
                        .say(
                                seen.id(),
                                new Said(Verb.APPROVE, JANE, null, null),
                                new Expectation(List.of(seen.tag()), true, false))))
                .hasCauseInstanceOf(ExpectationFailedException.class);
        assertThat(only("a", State.OPEN).state()).isEqualTo(State.OPEN);
    }

    @Test
    void aDismissal_isKnownToEvaluations_untilItEnds_andTheSameAdviceWaitsForThat() {
        save(Advised.move("a", "small", 0));
        Instant until = clock.instant().plus(Duration.ofDays(30));
        say(only("a", State.OPEN).id(), Verb.DISMISS, "too loud", until);

        assertThat(dismissals(ledger, "a", until.minusMillis(1)))
                .containsExactly(new Dismissal(Action.RECLASSIFY, "small", until, "jane", "too loud"));
        assertThat(dismissals(ledger, "a", until)).isEmpty();
        assertThat(dismissals(ledger, "b", Advised.AT)).isEmpty();

        save(Advised.move("a", "small", 110));
        assertThat(all("a", State.OPEN)).isEmpty();
        save(Advised.move("a", "other", 111));
        assertThat(only("a", State.OPEN).target()).isEqualTo("other");
        save(Advised.move("a", "small", 131));
        assertThat(only("a", State.OPEN).target()).isEqualTo("small");
        assertThat(all("a", State.DISMISSED)).hasSize(1);
    }

    @Test
    void aDismissal_canBeGivenAnotherEnd() {
        save(Advised.move("a", "small", 0));
        String id = only("a", State.OPEN).id();
        say(id, Verb.DISMISS, "no", LATER);
        Instant sooner = LATER.minus(Duration.ofDays(100));
        say(id, Verb.DISMISS, "perhaps", sooner);

        assertThat(dismissals(ledger, "a", Advised.AT))
                .containsExactly(new Dismissal(Action.RECLASSIFY, "small", sooner, "jane", "perhaps"));
    }

    @Test
    void aDismissal_isSeenByTheOtherServer_andByOneThatStartsLater() throws Exception {
        try (PgLedger other = open()) {
            save(Advised.move("a", "small", 0));
            say(only("a", State.OPEN).id(), Verb.DISMISS, "no", LATER);
            while (dismissals(other, "a", Advised.AT).isEmpty()) {
                Thread.sleep(20); // the test's timeout bounds it
            }
        }
        try (PgLedger later = open()) {
            assertThat(dismissals(later, "a", Advised.AT)).hasSize(1);
        }
    }

    @Test
    void aSnooze_thatEnds_isOpenAgain() throws Exception {
        save(Advised.move("a", "small", 0));
        String id = only("a", State.OPEN).id();
        say(id, Verb.SNOOZE, null, clock.instant().plus(Duration.ofDays(7)));
        clock.pass(Duration.ofDays(6));
        Thread.sleep(2500); // two looks of the ledger, and nothing happens
        assertThat(whole(id).state()).isEqualTo(State.SNOOZED);

        clock.pass(Duration.ofDays(1));
        awaitState(id, State.OPEN);
        assertThat(whats(whole(id))).containsExactly("opened", "snooze", "reopened");
        assertThat(whole(id).until()).isNull();
    }

    @Test
    void whatNobodyConfirms_expires_andTheSameAdviceOpensAnew() throws Exception {
        save(Advised.move("a", "small", 0), Advised.move("b", "small", 0));
        String id = only("a", State.OPEN).id();
        clock.pass(Duration.ofDays(29));
        save(Advised.move("b", "small", 1));
        clock.pass(Duration.ofDays(1));
        awaitState(id, State.EXPIRED);

        assertThat(only("b", State.OPEN).confirmations()).isEqualTo(1);
        save(Advised.move("a", "small", 2));
        assertThat(only("a", State.OPEN).id()).isNotEqualTo(id);
    }

    private void awaitState(String id, State state) throws InterruptedException {
        while (whole(id).state() != state) {
            Thread.sleep(20); // the test's timeout bounds it
        }
    }

    @Test
    void twoServers_thatAdviseAtOnce_openOneForEachMachine() throws Exception {
        int machines = 40;
        try (PgLedger other = open()) {
            List<CompletableFuture<Void>> saved = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < machines; i++) {
                    // Both say something else at the same moment, again and again.
                    saved.add(ledger.decisions()
                            .save(List.of(Advised.move("vm-" + i, "one-" + round, round)))
                            .toCompletableFuture());
                    saved.add(other.decisions()
                            .save(List.of(Advised.move("vm-" + i, "two-" + round, round)))
                            .toCompletableFuture());
                    saved.add(other.decisions()
                            .save(List.of(Advised.move("vm-" + i, "one-" + round, round)))
                            .toCompletableFuture());
                }
            }
            saved.forEach(CompletableFuture::join);
        }
        List<Recommendation> open = all(null, State.OPEN);
        assertThat(open).hasSize(machines);
        assertThat(open.stream().map(Recommendation::vm)).doesNotHaveDuplicates();
        assertThat(open.stream().map(Recommendation::target)).allMatch(target -> target.endsWith("-4"));
        assertThatThrownBy(
                        () -> TestPostgres.execute(
                                address,
                                "insert into recommendation (id, vm, state, action, outcome, decision, decided_at, opened_at,"
                                        + " confirmed_at) select gen_random_uuid(), vm, 'approved', action, outcome, decision,"
                                        + " decided_at, opened_at, confirmed_at from recommendation where state = 'open' limit 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("recommendation_live");
    }

    @Test
    void twoPeople_whoSayDifferentThings_areHeardOneAfterTheOther() {
        save(Advised.move("a", "small", 0));
        String id = only("a", State.OPEN).id();
        try (PgLedger other = open()) {
            List<CompletableFuture<?>> said = List.of(
                    ledger.recommendations()
                            .say(id, new Said(Verb.APPROVE, JANE, null, null), Expectation.NONE)
                            .toCompletableFuture(),
                    other.recommendations()
                            .say(
                                    id,
                                    new Said(Verb.APPROVE, new Asker("http", "joe", null), null, null),
                                    Expectation.NONE)
                            .toCompletableFuture());
            said.forEach(one -> one.exceptionally(e -> null).join());
            assertThat(said.stream().filter(CompletableFuture::isCompletedExceptionally))
                    .hasSize(1);
        }
        assertThat(whats(whole(id))).containsExactly("opened", "approve");
    }

    @Test
    void erasure_takesTheAdviceAndTheReasons_andLeavesThatTheyWere() throws Exception {
        save(Advised.move("a", "small", 0), Advised.move("b", "small", 0));
        say(only("a", State.OPEN).id(), Verb.DISMISS, "she is ill", LATER);
        save(Advised.move("a", "other", 1));
        say(only("b", State.OPEN).id(), Verb.APPROVE, "fine", null);

        join(ledger.decisions().erase("a", JANE, "asked for"));

        for (Recommendation one : all("a", null)) {
            Recommendation erased = whole(one.id());
            assertThat(erased.erased()).isTrue();
            assertThat(erased.advice()).isNull();
            assertThat(erased.target()).isNull();
            assertThat(erased.reason()).isNull();
            assertThat(erased.history()).allMatch(step -> step.reason() == null);
            assertThat(erased.state()).isIn(State.DISMISSED, State.SUPERSEDED);
        }
        assertThat(only("b", State.APPROVED).reason()).isEqualTo("fine");
        while (!dismissals(ledger, "a", Advised.AT).isEmpty()) {
            Thread.sleep(20); // the test's timeout bounds it
        }
        save(Advised.move("a", "small", 2));
        assertThat(only("a", State.OPEN).target()).isEqualTo("small");
    }

    @Test
    void list_filtersAndPages() {
        for (int i = 0; i < 5; i++) {
            save(Advised.move("vm-" + i, "small", Advised.AT, 10 * i));
            clock.pass(Duration.ofSeconds(1));
        }
        say(only("vm-3", State.OPEN).id(), Verb.APPROVE, null, null);

        assertThat(vms(new Query(null, null, null, null, null, null, null, 10)).items())
                .containsExactly("vm-4", "vm-3", "vm-2", "vm-1", "vm-0");
        assertThat(vms(new Query(null, State.OPEN, Action.RECLASSIFY, "jane", "aws", 20.0, null, 10))
                        .items())
                .containsExactly("vm-4", "vm-2");
        assertThat(vms(new Query(null, null, Action.INSTANTIATE, null, null, null, null, 10))
                        .items())
                .isEmpty();
        assertThat(vms(new Query(null, null, null, "joe", null, null, null, 10)).items())
                .isEmpty();
        Page<String> first = vms(new Query(null, null, null, null, null, null, null, 2));
        Page<String> second = vms(new Query(null, null, null, null, null, null, first.next(), 2));
        Page<String> third = vms(new Query(null, null, null, null, null, null, second.next(), 2));
        assertThat(first.items()).containsExactly("vm-4", "vm-3");
        assertThat(second.items()).containsExactly("vm-2", "vm-1");
        assertThat(third.items()).containsExactly("vm-0");
        assertThat(third.next()).isNull();
        assertThatThrownBy(() -> vms(new Query(null, null, null, null, null, null, "x", 2)))
                .hasCauseInstanceOf(InvalidCursorException.class);
    }

    private Page<String> vms(Query query) {
        Page<Recommendation> page = join(ledger.recommendations().list(query));
        return new Page<>(page.items().stream().map(Recommendation::vm).toList(), page.next());
    }
}
