package io.regrade.pipeline.offering;

import io.regrade.fact.EvaluationTime;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.WrongStateException;
import io.regrade.offer.Item;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.Counter;
import io.regrade.offer.Offers;
import io.regrade.pipeline.AnswerDecisions;
import io.regrade.pipeline.DecideRequest;
import io.regrade.pipeline.DecideRequest.Asked;
import io.regrade.pipeline.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the machines of countered offers decided again, by the policy that is for each of them, with what was wanted among their
 * facts, and makes the offers that follow. Several servers may do so on one database; one that dies leaves its part to the
 * others.
 */
public final class FollowCounters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowCounters.class);
    private static final Asker ASKER = new Asker("offer", null, null);
    private static final long LOOK_MILLIS = 500;
    private static final int MOST = 10;
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Offers offers;
    private final MakeOffers making;
    private final AnswerDecisions decisions;
    private final Clock clock;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-counters");

    /** Follows up what is countered. */
    public FollowCounters(Offers offers, MakeOffers making, AnswerDecisions decisions, Clock clock) {
        this.offers = offers;
        this.making = making;
        this.decisions = decisions;
        this.clock = clock;
    }

    /** Begins. */
    public void start() {
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            for (Offer countered : LedgerAnswer.await(offers.takeCountered(MOST, LEASE))) {
                follow(countered);
            }
        } catch (LedgerUnavailableException e) {
            LOG.debug("counters cannot be followed up: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("counters could not be followed up", e);
        }
    }

    private void follow(Offer countered) {
        Counter counter = countered.counter();
        Optional<String> none = counter == null || countered.items().isEmpty()
                ? Optional.of("what was offered was erased")
                : decided(countered, counter);
        none.ifPresent(why -> LedgerAnswer.await(offers.leave(countered.id(), why)));
    }

    /** Why no offer follows; empty when one does. */
    private Optional<String> decided(Offer countered, Counter counter) {
        List<Asked> vms = countered.items().stream()
                .map(Item::vm)
                .map(vm -> (Asked) new Asked.Held(vm, "/vms"))
                .toList();
        EvaluationTime now = new EvaluationTime(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        try {
            var answers = LedgerAnswer.await(decisions.answer(new DecideRequest(vms, null, null, true, now, ASKER)));
            Optional<String> none = making.follow(countered, counter);
            // Of a single machine its own decision tells best why nothing follows.
            return none.map(
                    why -> answers.size() == 1 ? why + ": " + answers.get(0).why() : why);
        } catch (RefusedException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (WrongStateException e) {
            // Somebody else followed it up, or the advice has changed between: it is looked at again.
            LOG.debug("offer {} is followed up later: {}", countered.id(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
