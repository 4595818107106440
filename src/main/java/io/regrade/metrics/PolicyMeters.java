package io.regrade.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.regrade.decision.PolicyRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The meters of policies and their versions. Those of a version go when it is unloaded, so that a server that activates
 * many for years does not keep a series of each; a version counts only while it is loaded. Thread-safe.
 */
public final class PolicyMeters {

    /** 1 for each version that is loaded, with its {@code name} and {@code digest}. */
    public static final String INFO = "regrade.policy.info";
    /** Decisions by {@code policy}, {@code digest} and {@code action}, while the version is loaded. */
    public static final String DECISIONS = "regrade.policy.decisions";
    /** Changes of the rules on disk, by {@code policy} and {@code outcome}. */
    public static final String RELOAD = "regrade.policy.reload";
    /** 1 while the rules on disk are not what decides, by {@code policy}. */
    public static final String STALE = "regrade.policy.stale";
    /** Decisions that a shadow made beside, by {@code policy}, {@code digest} and {@code outcome}. */
    public static final String SHADOW_DECISIONS = "regrade.policy.shadow.decisions";
    /** Decisions in which a shadow differed, by {@code policy}, {@code digest}, {@code from} and {@code to}. */
    public static final String SHADOW_CHANGES = "regrade.policy.shadow.changes";

    private final MeterRegistry registry;
    private final Map<PolicyRef, Map<String, Meter>> versions = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> stale = new ConcurrentHashMap<>();

    PolicyMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A version was loaded. */
    public void opened(PolicyRef version) {
        Gauge info = Gauge.builder(INFO, new AtomicInteger(1), AtomicInteger::get)
                .description("A policy that is loaded")
                .tags("name", version.name(), "digest", version.digest())
                .strongReference(true)
                .register(registry);
        versions.computeIfAbsent(version, key -> new ConcurrentHashMap<>()).put(INFO, info);
    }

    /** A version was unloaded. */
    public void closed(PolicyRef version) {
        Map<String, Meter> own = versions.remove(version);
        if (own != null) {
            own.values().forEach(registry::remove);
        }
    }

    /** A version has decided a machine. */
    public void decided(PolicyRef version, String action) {
        count(version, DECISIONS, "Decisions by version", Tags.of("action", action));
    }

    /** A shadow has decided a machine, or could not. */
    public void shadowed(PolicyRef version, String outcome) {
        count(version, SHADOW_DECISIONS, "Decisions made beside the live ones", Tags.of("outcome", outcome));
    }

    /** A shadow has decided otherwise. */
    public void shadowChanged(PolicyRef version, String from, String to) {
        count(version, SHADOW_CHANGES, "Decisions in which a shadow differs", Tags.of("from", from, "to", to));
    }

    private void count(PolicyRef version, String name, String description, Tags tags) {
        Map<String, Meter> own = versions.computeIfAbsent(version, key -> new ConcurrentHashMap<>());
        Meter counter = own.computeIfAbsent(
                name + tags,
                key -> Counter.builder(name)
                        .description(description)
                        .tags("policy", version.name(), "digest", version.digest())
                        .tags(tags)
                        .register(registry));
        ((Counter) counter).increment();
    }

    /** The rules on disk have changed. */
    public void reloaded(String policy, String outcome, boolean isStale) {
        Counter.builder(RELOAD)
                .description("Changes of the rules on disk")
                .tags("policy", policy, "outcome", outcome)
                .register(registry)
                .increment();
        gauge(policy).set(isStale ? 1 : 0);
    }

    private AtomicInteger gauge(String policy) {
        return stale.computeIfAbsent(policy, name -> {
            AtomicInteger value = new AtomicInteger();
            Gauge.builder(STALE, (Supplier<Number>) value::get)
                    .description("1 while the rules on disk are not what decides")
                    .tag("policy", name)
                    .strongReference(true)
                    .register(registry);
            return value;
        });
    }
}
