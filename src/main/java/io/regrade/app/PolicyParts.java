package io.regrade.app;

import io.regrade.config.ConfigException;
import io.regrade.config.PoliciesConfig;
import io.regrade.config.PoliciesConfig.OnChange;
import io.regrade.decision.PolicyRef;
import io.regrade.engine.RuleCompiler;
import io.regrade.fact.Suggestion;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.LivePolicies;
import io.regrade.metrics.PolicyMeters;
import io.regrade.pipeline.DraftWork;
import io.regrade.pipeline.LoadedPolicies;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyChoice;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.Rollout;
import io.regrade.pipeline.StoredVersions;
import io.regrade.pipeline.reload.WatchedRules;
import io.regrade.pipeline.shadow.Shadows;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.web.HealthCheck;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that has to do with which policies are in force: those that are, what brings others, who looks for changes. */
final class PolicyParts implements AutoCloseable {

    private final Policies policies;
    private final Rollout rollout;
    private final Shadows shadows;
    private final @Nullable WatchedRules watched;

    private PolicyParts(Policies policies, Rollout rollout, Shadows shadows, @Nullable WatchedRules watched) {
        this.policies = policies;
        this.rollout = rollout;
        this.shadows = shadows;
        this.watched = watched;
    }

    /**
     * Takes up what was in force, as far as the files have not changed since.
     *
     * @param files the policies of the directory, compiled; closed with this, also when this fails
     * @param apart checks changes of files that are watched
     * @throws ConfigException when the configuration names a policy that is not there
     */
    static PolicyParts open(
            PoliciesConfig config,
            List<ReadyPolicy> files,
            RuleCompiler compiler,
            LivePolicies store,
            AuditLog log,
            PolicyMeters meters,
            DraftWork apart,
            Clock clock) {
        TrustedKeys trusted = new TrustedKeys(config.trustedKeys());
        Policies policies = new Policies(
                files,
                new LoadedPolicies(compiler, new Told(meters)),
                choice(config),
                StoredVersions.of(store, trusted),
                config.kept());
        Shadows shadows = new Shadows(meters, clock, config.shadowQueue(), config.shadowBusy());
        try {
            Rollout rollout = new Rollout(policies, store, log, shadows);
            rollout.resume(config.filesDecide());
            check(config, policies);
            WatchedRules watched = !config.watch()
                    ? null
                    : new WatchedRules(
                            config.directory(),
                            config.onChange() == OnChange.ACTIVATE,
                            compiler,
                            trusted,
                            policies,
                            rollout,
                            meters,
                            apart,
                            clock);
            return new PolicyParts(policies, rollout, shadows, watched);
        } catch (RuntimeException e) {
            shadows.close();
            policies.close();
            throw e;
        }
    }

    /** Tells the meters what is loaded. */
    private record Told(PolicyMeters meters) implements LoadedPolicies.Watch {

        @Override
        public void opened(PolicyRef policy) {
            meters.opened(policy);
        }

        @Override
        public void closed(PolicyRef policy) {
            meters.closed(policy);
        }
    }

    private static PolicyChoice choice(PoliciesConfig config) {
        return new PolicyChoice(
                config.byDefault(),
                config.choose().stream()
                        .map(one -> new PolicyChoice.Rule(one.tag(), one.value(), one.owner(), one.policy()))
                        .toList());
    }

    private static void check(PoliciesConfig config, Policies policies) {
        List<String> names =
                policies.all().stream().map(policy -> policy.ref().name()).toList();
        List<String> problems = new ArrayList<>();
        for (PoliciesConfig.Choose one : config.choose()) {
            if (!names.contains(one.policy())) {
                problems.add(one.place() + "there is no policy `" + one.policy() + "`. Maybe "
                        + Suggestion.nearest(one.policy(), names));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    Policies policies() {
        return policies;
    }

    Rollout rollout() {
        return rollout;
    }

    Shadows shadows() {
        return shadows;
    }

    /** What operators have to know of policies. */
    List<HealthCheck> checks() {
        return watched == null ? List.of() : List.of(HealthCheck.notice("rules", watched::notice));
    }

    /** Begins to look for changes, when it is so configured. */
    void start() {
        if (watched != null) {
            watched.start(PoliciesConfig.LOOK_MILLIS);
        }
    }

    /** Ends what brings changes; the policies stay open for what is under way. */
    void stop() {
        if (watched != null) {
            watched.close();
        }
        shadows.close();
    }

    @Override
    public void close() {
        stop();
        policies.close();
    }
}
