package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.ledger.Asker;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Event;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LivePolicies;
import io.regrade.ledger.LivePolicy;
import io.regrade.ledger.LivePolicy.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings versions of policies into force: to all machines, to a share of them, or only beside. Each step is told in the
 * log and kept for the next start before it takes effect. Thread-safe: one step after another; each waits for the ledger,
 * so it is not for threads that must not wait.
 *
 * <p>All methods throw {@link io.regrade.ledger.LedgerUnavailableException} when a step cannot be kept; nothing has
 * changed then.
 */
public final class Rollout {

    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);

    private final Policies policies;
    private final LivePolicies store;
    private final AuditLog log;
    private final Shadowing shadows;
    private final Map<String, LivePolicy> live = new HashMap<>();

    /** Of these policies, none of which is kept yet: see {@link #resume}. */
    public Rollout(Policies policies, LivePolicies store, AuditLog log, Shadowing shadows) {
        this.policies = policies;
        this.store = store;
        this.log = log;
        this.shadows = shadows;
    }

    /**
     * Takes up what was in force when the server ended. Files that changed since they were last taken over go before it;
     * files that did not, don't.
     *
     * @param filesDecide whether changed files are brought into force; otherwise what was in force stays
     */
    public synchronized void resume(boolean filesDecide) {
        for (ReadyPolicy policy : policies.all()) {
            PolicyRef ref = policy.ref();
            live.put(ref.name(), LivePolicy.of(ref.name(), ref.digest()).seenOnDisk(ref.digest()));
        }
        for (LivePolicy was : LedgerAnswer.await(store.all())) {
            LivePolicy files = live.get(was.name());
            boolean changed = files != null && !files.active().equals(was.onDisk());
            try {
                if (files == null || files.active().equals(was.active()) || !(changed && filesDecide)) {
                    live.put(
                            was.name(), restored(files == null || !filesDecide ? was : was.seenOnDisk(files.active())));
                } else {
                    live.put(was.name(), overtaken(was, files.active()));
                }
            } catch (RefusedException e) {
                LOG.error(
                        "version {} of `{}` was in force and cannot be again: {}",
                        was.active(),
                        was.name(),
                        e.getMessage());
            }
        }
        for (LivePolicy policy : live.values()) {
            LedgerAnswer.await(log.activated(new PolicyRef(policy.name(), policy.active()), Asker.SERVER));
            keep(policy);
        }
    }

    /** As it was, as far as its versions can be loaded. */
    private LivePolicy restored(LivePolicy was) {
        LivePolicy now = heldAgain(was.name(), was.active(), was);
        Trial canary = was.canary();
        Trial shadow = was.shadow();
        return now.tried(canary == null ? null : canaryAgain(was.name(), canary))
                .shadowed(shadow == null ? null : shadowAgain(was.name(), shadow));
    }

    /** With the files' version in force, and what was in force to go back to. */
    private LivePolicy overtaken(LivePolicy was, String files) {
        LOG.info("`{}` has changed on disk: {} is in force in place of {}", was.name(), files, was.active());
        LivePolicy next = was.activated(files, policies.kept()).seenOnDisk(files);
        Trial shadow = was.shadow();
        return heldAgain(was.name(), files, next).shadowed(shadow == null ? null : shadowAgain(was.name(), shadow));
    }

    private LivePolicy heldAgain(String name, String active, LivePolicy wanted) {
        List<PolicyLease> before = new ArrayList<>();
        try (PolicyLease first = policies.version(name, active)) {
            for (String digest : wanted.before()) {
                try {
                    before.add(policies.version(name, digest));
                } catch (RefusedException e) {
                    LOG.warn("`{}` cannot go back to {}: {}", name, digest, e.getMessage());
                }
            }
            policies.restore(first, before);
            return wanted.after(
                    before.stream().map(lease -> lease.policy().ref().digest()).toList());
        } finally {
            before.forEach(PolicyLease::close);
        }
    }

    private @Nullable Trial canaryAgain(String name, Trial canary) {
        try (PolicyLease version = policies.version(name, canary.digest())) {
            policies.tryOut(version, new VmShare(canary.share()));
            return canary;
        } catch (RefusedException e) {
            LOG.warn("the canary of `{}` is over: {}", name, e.getMessage());
            return null;
        }
    }

    private @Nullable Trial shadowAgain(String name, Trial shadow) {
        try {
            shadows.start(policies.version(name, shadow.digest()), shadow.share());
            return shadow;
        } catch (RefusedException e) {
            LOG.warn("the shadow of `{}` is over: {}", name, e.getMessage());
            return null;
        }
    }

    /**
     * Lets a version decide all machines of its policy; a canary of the policy ends.
     *
     * @param policy compiled; taken over, also when this fails
     * @return whether that changed anything
     */
    public synchronized boolean activate(ReadyPolicy policy, Asker by) {
        try (PolicyLease version = policies.adopted(policy)) {
            return activate(version, by, false);
        }
    }

    /** As {@link #activate}, of a version that was read from the files the server was started with. */
    public synchronized boolean activateFiles(ReadyPolicy policy, Asker by) {
        try (PolicyLease version = policies.adopted(policy)) {
            return activate(version, by, true);
        }
    }

    /**
     * As {@link #activate(ReadyPolicy, Asker)}, of a version that is loaded.
     *
     * @param files whether it is what the files of the server say
     */
    synchronized boolean activate(PolicyLease version, Asker by, boolean files) {
        PolicyRef ref = version.policy().ref();
        LivePolicy was = live.get(ref.name());
        boolean changes = was == null || !was.active().equals(ref.digest()) || was.canary() != null;
        LivePolicy next = was == null
                ? LivePolicy.of(ref.name(), ref.digest())
                : changes ? was.activated(ref.digest(), policies.kept()) : was;
        LivePolicy wanted = files ? next.seenOnDisk(ref.digest()) : next;
        if (changes) {
            LedgerAnswer.await(log.activated(ref, by));
            keep(wanted);
            policies.activate(version);
            LOG.info("`{}` is decided by {} from now on, by {}", ref.name(), ref.digest(), by.name());
        } else if (!wanted.equals(was)) {
            keep(wanted);
        }
        live.put(ref.name(), wanted);
        return changes;
    }

    /** Whether these are the files that were taken over last, so that what was brought into force since then stays. */
    public synchronized boolean tookOver(String name, String digest) {
        LivePolicy policy = live.get(name);
        return policy != null && digest.equals(policy.onDisk());
    }

    /**
     * Lets the version decide again that decided before the active one; a canary of the policy ends.
     *
     * @return the version that decides now
     * @throws RefusedException when there is no such policy, or no version before
     */
    public synchronized PolicyRef rollback(String name, Asker by) {
        LivePolicy was = of(name);
        if (was.before().isEmpty()) {
            throw Policies.nothingBefore(name);
        }
        LivePolicy next = was.rolledBack();
        PolicyRef ref = new PolicyRef(name, next.active());
        LedgerAnswer.await(log.activated(ref, by));
        keep(next);
        policies.rollback(name);
        live.put(name, next);
        LOG.info("`{}` is decided by {} again, by {}", name, ref.digest(), by.name());
        return ref;
    }

    /**
     * Lets a version decide a share of its policy's machines; the same version with another share changes the share.
     *
     * @param digest may be cut after eight of its digits
     * @param percent of the machines, 0 to 100
     * @throws RefusedException when there is no such version, or it is the active one
     */
    public synchronized PolicyRef startCanary(String name, String digest, double percent, Asker by) {
        LivePolicy was = of(name);
        VmShare share = new VmShare(percent);
        try (PolicyLease version = policies.lease(name + "@" + digest)) {
            PolicyRef ref = version.policy().ref();
            policies.checkTrial(ref);
            step("canary", ref, "start", percent, by);
            LivePolicy next = was.tried(new Trial(ref.digest(), percent));
            keep(next);
            policies.tryOut(version, share);
            live.put(name, next);
            return ref;
        }
    }

    /**
     * Lets the canary of a policy decide all machines.
     *
     * @throws RefusedException when there is none
     */
    public synchronized PolicyRef promoteCanary(String name, Asker by) {
        LivePolicy was = of(name);
        Trial canary = required(was.canary(), name, "canary");
        try (PolicyLease version = policies.version(name, canary.digest())) {
            step("canary", version.policy().ref(), "promote", 100, by);
            activate(version, by, false);
            return version.policy().ref();
        }
    }

    /**
     * Ends the canary of a policy: the active version decides all machines again.
     *
     * @throws RefusedException when there is none
     */
    public synchronized void withdrawCanary(String name, Asker by) {
        LivePolicy was = of(name);
        Trial canary = required(was.canary(), name, "canary");
        step("canary", new PolicyRef(name, canary.digest()), "withdraw", 0, by);
        LivePolicy next = was.tried(null);
        keep(next);
        policies.withdraw(name);
        live.put(name, next);
    }

    /**
     * Lets a version decide beside its policy, without being answered.
     *
     * @param digest may be cut after eight of its digits
     * @param percent of the machines that the policy decides, 0 to 100
     * @throws RefusedException when there is no such version
     */
    public synchronized PolicyRef startShadow(String name, String digest, double percent, Asker by) {
        LivePolicy was = of(name);
        VmShare share = new VmShare(percent);
        PolicyLease version = policies.lease(name + "@" + digest);
        try {
            PolicyRef ref = version.policy().ref();
            step("shadow", ref, "start", share.percent(), by);
            LivePolicy next = was.shadowed(new Trial(ref.digest(), percent));
            keep(next);
            live.put(name, next);
            shadows.start(version, percent);
            return ref;
        } catch (RuntimeException e) {
            version.close();
            throw e;
        }
    }

    /**
     * Ends the shadow of a policy.
     *
     * @throws RefusedException when there is none
     */
    public synchronized void stopShadow(String name, Asker by) {
        LivePolicy was = of(name);
        Trial shadow = required(was.shadow(), name, "shadow");
        step("shadow", new PolicyRef(name, shadow.digest()), "stop", 0, by);
        LivePolicy next = was.shadowed(null);
        keep(next);
        live.put(name, next);
        shadows.stop(name);
    }

    private LivePolicy of(String name) {
        LivePolicy policy = live.get(name);
        if (policy == null) {
            throw policies.unknown(name);
        }
        return policy;
    }

    private static Trial required(@Nullable Trial trial, String name, String kind) {
        if (trial == null) {
            throw RefusedException.invalid(Refusal.parameter("name", "`" + name + "` has no " + kind));
        }
        return trial;
    }

    private void step(String kind, PolicyRef version, String step, double share, Asker by) {
        LedgerAnswer.await(log.append(List.of(Event.trial(kind, version, step, share, by.name()))));
        LOG.info(
                "{} of `{}`: {} {}, {} % of its machines, by {}",
                kind, version.name(), step, version.digest(), share, by.name());
    }

    private void keep(LivePolicy policy) {
        List<Contents> versions = new ArrayList<>();
        for (PolicyLease lease : policies.loadedPolicies().of(policy.name())) {
            try (lease) {
                versions.add(PolicyLife.contents(lease.policy()));
            }
        }
        LedgerAnswer.await(store.keep(policy, versions));
    }
}
