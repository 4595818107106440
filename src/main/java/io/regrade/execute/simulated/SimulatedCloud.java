package io.regrade.execute.simulated;

import io.regrade.execute.Check;
import io.regrade.execute.Errand;
import io.regrade.execute.Executor;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Order;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting;
import io.regrade.execute.Sighting.What;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A cloud that lives in this process and forgets everything with it. A machine that was never changed here is believed to be
 * as it is held. What goes wrong is said by a machine's tag {@code simulate}, see {@link Fault}. Thread-safe.
 */
public final class SimulatedCloud implements Executor {

    private static final long NANOS_A_MILLI = 1_000_000;

    private final long delayNanos;
    private final boolean confirms;
    private final LongSupplier nanoTime;
    private final Map<String, Machine> machines = new HashMap<>();
    private int changes;

    private enum Phase {
        GOING,
        FINAL
    }

    private static final class Machine {
        private @Nullable String type;
        private String key = "";
        private @Nullable String before;
        private Phase phase = Phase.FINAL;
        private long until;
    }

    /**
     * A new one.
     *
     * @param delayMillis how long a change takes
     * @param confirms whether a change waits to be confirmed
     * @param nanoTime the time that passes
     */
    public SimulatedCloud(long delayMillis, boolean confirms, LongSupplier nanoTime) {
        this.delayNanos = delayMillis * NANOS_A_MILLI;
        this.confirms = confirms;
        this.nanoTime = nanoTime;
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public synchronized List<Check> check(Order order) {
        Machine machine = machines.get(order.instance());
        Fault fault = Fault.of(order);
        return List.of(
                machine == null || Objects.equals(machine.type, order.from())
                        ? Check.holds("machine", "the simulated machine has the class `" + order.from() + "`")
                        : Check.fails("machine", "the simulated machine has the class `" + machine.type + "`"),
                fault == Fault.QUOTA
                        ? Check.fails("quota", "the simulated quota is used up")
                        : Check.holds("quota", "the simulated cloud has room"));
    }

    @Override
    public String mark(Order order) {
        return "";
    }

    @Override
    public synchronized void act(Errand errand) throws RefusedByCloudException, NoAnswerException {
        Order order = errand.order();
        Fault fault = Fault.of(order);
        Machine machine = machine(order);
        if (machine.key.equals(errand.key())) {
            return; // it was asked for before, and is done once
        }
        if (machine.phase != Phase.FINAL) {
            throw new RefusedByCloudException("the simulated machine is being changed already");
        }
        switch (fault) {
            case REFUSE -> throw new RefusedByCloudException("the simulated cloud refuses");
            case FAIL -> throw new NoAnswerException("the simulated cloud failed with status 500");
            case NOTHING -> {
                return;
            }
            default -> change(machine, errand.key(), order.to());
        }
        if (fault == Fault.LOSE) {
            throw new NoAnswerException("the answer of the simulated cloud was lost");
        }
    }

    private void change(Machine machine, String key, @Nullable String to) {
        machine.key = key;
        machine.before = machine.type;
        machine.type = to;
        machine.phase = Phase.GOING;
        machine.until = nanoTime.getAsLong() + delayNanos;
        changes++;
    }

    @Override
    public synchronized Sighting look(Errand errand) {
        Order order = errand.order();
        Machine machine = machine(order);
        boolean mine = machine.key.equals(errand.key());
        if (mine && machine.until - nanoTime.getAsLong() > 0) {
            return Sighting.of(What.UNDER_WAY);
        }
        if (mine && machine.phase == Phase.GOING) {
            return Sighting.of(confirms ? What.AWAITS : What.DONE);
        }
        if (Objects.equals(machine.type, order.to())) {
            return Sighting.of(What.DONE);
        }
        return Objects.equals(machine.type, order.from())
                ? Sighting.of(What.AS_BEFORE)
                : new Sighting(What.ELSEWHERE, "the simulated machine has the class `" + machine.type + "`");
    }

    @Override
    public synchronized void confirm(Errand errand) {
        Machine machine = machine(errand.order());
        if (machine.key.equals(errand.key())) {
            machine.phase = Phase.FINAL;
        }
    }

    @Override
    public synchronized void revert(Errand errand) {
        Machine machine = machine(errand.order());
        if (machine.key.equals(errand.key())) {
            machine.type = machine.before;
            machine.phase = Phase.FINAL;
            machine.key = "";
            machine.until = nanoTime.getAsLong() + delayNanos;
            changes++;
        }
    }

    @Override
    public List<String> preview(Order order) {
        return List.of("the simulated cloud changes `" + order.instance() + "` from `" + order.from() + "` to `"
                + order.to() + "`; nothing real is changed");
    }

    private Machine machine(Order order) {
        return machines.computeIfAbsent(order.instance(), instance -> {
            Machine machine = new Machine();
            machine.type = order.from();
            return machine;
        });
    }

    /** How often a machine was changed, there or back. */
    public synchronized int changes() {
        return changes;
    }

    /** The class that a machine has here, null when it was never changed here. */
    public synchronized @Nullable String type(String instance) {
        Machine machine = machines.get(instance);
        return machine == null ? null : machine.type;
    }

    /** Gives a machine another class, as somebody would who does not ask Regrade. */
    public synchronized void interfere(String instance, String type) {
        Machine machine = machines.computeIfAbsent(instance, id -> new Machine());
        machine.type = type;
        machine.key = "";
        machine.phase = Phase.FINAL;
    }
}
