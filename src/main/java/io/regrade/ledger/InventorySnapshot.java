package io.regrade.ledger;

import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One state of the inventory, which never changes. Thread-safe. */
public interface InventorySnapshot {

    /** What is known of one machine, without what its group carries: that follows from {@link #group}. */
    Optional<VmFacts> vm(String id);

    /** The machines whose group this is, by id. */
    List<VmFacts> group(String name);

    /**
     * Machines by id.
     *
     * @param cursor where to begin, null for the start
     * @param limit how many at most, at least 1
     * @throws InvalidCursorException when no page has given out this cursor
     */
    Page<VmFacts> vms(@Nullable String cursor, int limit);

    /** What manifests say of a machine, by their names. */
    List<HeldManifest> manifests(String vm);

    /** How many machines there are. */
    int vmCount();

    /** One target. */
    Optional<Target> target(String id);

    /**
     * Targets by id.
     *
     * @param cursor where to begin, null for the start
     * @param limit how many at most, at least 1
     * @throws InvalidCursorException when no page has given out this cursor
     */
    Page<Target> targets(@Nullable String cursor, int limit);

    /** All targets, by id. */
    Collection<Target> targets();

    /** The business model. */
    Pricing pricing();

    /** Equal for two states with the same targets and prices, so that what is derived of them can be kept. */
    long catalogVersion();
}
