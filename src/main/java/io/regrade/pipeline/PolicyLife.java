package io.regrade.pipeline;

import io.regrade.ledger.Asker;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.Draft;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.Drafts.Said;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.PolicyVersion;
import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.ledger.PolicyVersion.What;
import io.regrade.ledger.WrongStateException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets drafts decide, goes back, and follows what other servers on the same store do within about a second. What holds is
 * kept and told by {@link Rollout}; who did it, when and why is in the {@link PolicyHistory}, which is written first. Thread-safe:
 * everything that changes something happens on one thread.
 */
public final class PolicyLife implements AutoCloseable {

    /** What one goes back to for giving a policy back to the disk. */
    public static final String DISK = "disk";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyLife.class);
    private static final long LOOK_MILLIS = 500;

    private final Policies live;
    private final Rollout rollout;
    private final PolicyHistory history;
    private final Drafts drafts;
    private final Map<String, Contents> disk;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-policies");
    private final Map<String, String> failing = new TreeMap<>();
    private long seen;

    /**
     * The life of these policies.
     *
     * @param live what decides here
     * @param disk what lies on the disk of this server, by name
     */
    public PolicyLife(
            Policies live, Rollout rollout, PolicyHistory history, Drafts drafts, Map<String, Contents> disk) {
        this.live = live;
        this.rollout = rollout;
        this.history = history;
        this.drafts = drafts;
        this.disk = Map.copyOf(disk);
    }

    /** The files of a policy that was read from a disk. */
    public static Contents contents(ReadyPolicy policy) {
        return new Contents(policy.bundle().digest(), policy.bundle().written(), policy.signed());
    }

    /**
     * Begins, once the rollout has taken up what was in force: keeps what lies on the disk, and follows the others.
     *
     * @throws LedgerUnavailableException when the store is away
     */
    public void begin() {
        disk.forEach((name, contents) -> LedgerAnswer.await(history.keep(name, contents)));
        seen = LedgerAnswer.await(history.newest());
        for (Activation now : LedgerAnswer.await(history.active())) {
            follow(now);
        }
        thread.scheduleWithFixedDelay(this::follow, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Lets an approved draft decide from now on, here at once and on other servers soon.
     *
     * @return the draft as it is then; empty when there is none. Fails with {@link WrongStateException} when it is not
     *     approved, and {@link RefusedException} when it cannot be used; nothing is changed then
     */
    public CompletionStage<Optional<Draft>> activate(
            String id, Remark remark, boolean supersede, Expectation expectation) {
        return next(() -> {
            Optional<Draft> found = LedgerAnswer.await(drafts.byId(id));
            if (found.isEmpty()) {
                return found;
            }
            Draft draft = found.get();
            if (!draft.state().allowed().contains(Draft.Verb.ACTIVATE)) {
                throw WrongStateException.of(draft, Draft.Verb.ACTIVATE);
            }
            try (PolicyLease version = live.version(draft.policy(), draft.digest())) {
                Optional<Draft> after = LedgerAnswer.await(
                        drafts.say(id, Said.activation(remark, draft.digest(), supersede), expectation));
                rollout.activate(version, remark.by(), false);
                return after;
            }
        });
    }

    /**
     * Goes back to a version that decided before.
     *
     * @param digest the version, {@link #DISK} for what lies on the disk of this server, null for the version that decided
     *     before
     * @return what decides then. Fails as {@link PolicyHistory#rollback} does
     */
    public CompletionStage<Activation> rollback(String policy, @Nullable String digest, Remark remark) {
        return next(() -> {
            if (DISK.equals(digest)) {
                return release(policy, remark);
            }
            String wanted = digest == null ? before(policy) : digest;
            try (PolicyLease version = live.version(policy, wanted)) {
                Activation activation = LedgerAnswer.await(history.rollback(policy, wanted, remark));
                rollout.activate(version, remark.by(), false);
                return activation;
            }
        });
    }

    /** The version that decided before the one that does now. */
    private String before(String policy) {
        List<PolicyVersion> newest =
                LedgerAnswer.await(history.list(policy, null, 2)).items();
        if (newest.size() < 2) {
            throw new WrongStateException("`" + policy + "` has no version to go back to: none decided before");
        }
        return newest.get(1).digest();
    }

    private Activation release(String policy, Remark remark) {
        Contents files = disk.get(policy);
        if (files == null) {
            throw new WrongStateException("there is no `" + policy + "` on the disk of this server to go back to");
        }
        try (PolicyLease version = live.version(policy, files.digest())) {
            Activation activation = LedgerAnswer.await(history.released(policy, files, remark));
            rollout.activate(version, remark.by(), true);
            return activation;
        }
    }

    /** Why what decides here is not what the store says; empty when all is well. */
    public synchronized Optional<String> problem() {
        return failing.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failing.values()));
    }

    /** Looks for what other servers did. */
    private void follow() {
        try {
            long newest = LedgerAnswer.await(history.newest());
            if (newest == seen) {
                return;
            }
            boolean done = true;
            for (Activation now : LedgerAnswer.await(history.active())) {
                done &= follow(now);
            }
            if (done) {
                seen = newest;
            }
        } catch (LedgerUnavailableException e) {
            LOG.debug("what decides elsewhere could not be read: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("what decides elsewhere could not be followed", e);
        }
    }

    private boolean follow(Activation now) {
        Contents files = disk.get(now.policy());
        String wanted = now.what().isShared()
                ? now.digest()
                : now.what() == What.RELEASE && files != null ? files.digest() : null;
        if (wanted == null || isActive(now.policy(), wanted)) {
            tell(now.policy(), null);
            return true;
        }
        try {
            try (PolicyLease version = live.version(now.policy(), wanted)) {
                rollout.activate(version, new Asker("server", now.by(), null), now.what() == What.RELEASE);
            }
            tell(now.policy(), null);
            return true;
        } catch (RefusedException | WrongStateException e) {
            tell(
                    now.policy(),
                    "`" + now.policy() + "` should decide by `" + wanted + "`, which cannot be used here: "
                            + e.getMessage());
            return false;
        }
    }

    private synchronized void tell(String policy, @Nullable String trouble) {
        String before = trouble == null ? failing.remove(policy) : failing.put(policy, trouble);
        if (trouble != null && !trouble.equals(before)) {
            LOG.error("{}", trouble);
        }
    }

    private boolean isActive(String policy, String digest) {
        return live.all().stream()
                .map(ReadyPolicy::ref)
                .anyMatch(one -> one.name().equals(policy) && one.digest().equals(digest));
    }

    private <T> CompletionStage<T> next(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread);
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
