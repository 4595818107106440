package io.regrade.backtest;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.Series;
import io.regrade.pipeline.DecideVm;
import java.time.Instant;

/**
 * Decides a fleet every week on all that is known by then, and moves each machine as advised: advice as it is lived.
 *
 * <p>A machine that uses more memory than it has, or more processors than it has for an hour since the last look, is decided
 * at once; where that brings it no more than it has, it goes back to the machine that it came from. After that it is left
 * alone for a day. A move takes no time here and costs nothing. What a group carries together is not known to these
 * decisions, since one machine is in memory at a time.
 */
public final class RollingBacktest {

    private static final long DAY = 86_400;
    private static final long WEEK = 7 * DAY;
    private static final double SECONDS_AN_HOUR = 3600;
    private static final double HOURS_A_MONTH = 730;

    private final Fleet fleet;
    private final SampleSource samples;
    private final DecideVm decide;
    private final Part part;

    private int machines;
    private double before;
    private double after;
    private double cpuHours;
    private double memoryHours;
    private int exceeding;
    private int moves;
    private int atOnce;
    private int moved;

    /** Prepares one; the parameters are those of {@link Backtest}. */
    public RollingBacktest(Fleet fleet, SampleSource samples, DecideVm decide, Part part) {
        this.fleet = fleet;
        this.samples = samples;
        this.decide = decide;
        this.part = part;
    }

    /**
     * Lives through the samples. Call it once.
     *
     * @param trainDays how many days are known at the first look; above 0
     * @throws BacktestException when there are no samples, or none are left to live through
     */
    public Lived run(int trainDays) {
        Span span = Span.of(samples);
        long first = span.after(trainDays);
        samples.read((vm, series) -> {
            VmFacts facts = fleet.vms().get(vm);
            boolean known = !Window.before(series, first).isEmpty()
                    && !Window.since(series, first).isEmpty();
            if (known
                    && part.contains(facts.vm().id())
                    && !Double.isNaN(facts.vm().priceUsdHour())) {
                machines++;
                new Life(facts, series).from(first);
            }
        });
        return new Lived(
                (int) ((span.to() - first) / WEEK) + 1,
                machines,
                before > 0 ? 1 - after / before : Double.NaN,
                cpuHours / machines,
                (double) exceeding / machines,
                memoryHours / machines,
                moves,
                atOnce,
                moved);
    }

    /** One machine on its way. */
    private final class Life {
        private final VmFacts origin;
        private final Series series;
        private Place place;
        private VmFacts facts;
        private int cpuShort;
        private int memoryShort;
        private int cpuMeasured;
        private int memoryMeasured;
        private double shortSeconds;
        private boolean wasMoved;

        Life(VmFacts origin, Series series) {
            this.origin = origin;
            this.series = series;
            this.facts = origin;
            this.place = Place.of(origin.vm());
        }

        void from(long first) {
            long nextLook = first;
            long quietUntil = first;
            for (int i = series.firstAt(first); i < series.size(); i++) {
                long time = series.time(i);
                if (time >= nextLook) {
                    go(decision(i, nextLook), false);
                    nextLook += WEEK * ((time - nextLook) / WEEK + 1);
                    shortSeconds = 0;
                }
                before += origin.vm().priceUsdHour();
                after += place.priceUsdHour();
                if (isShort(i) && time >= quietUntil) {
                    relieve(i);
                    quietUntil = time + DAY;
                }
            }
            cpuHours += cpuMeasured == 0 ? 0 : HOURS_A_MONTH * cpuShort / cpuMeasured;
            memoryHours += memoryMeasured == 0 ? 0 : HOURS_A_MONTH * memoryShort / memoryMeasured;
            exceeding += memoryShort > 0 ? 1 : 0;
            moved += wasMoved ? 1 : 0;
        }

        /** Scores a sample; whether the machine has to be relieved. */
        private boolean isShort(int i) {
            double cpu = series.amount(Measure.CPU_VCPU, i);
            double memory = series.amount(Measure.MEMORY_GIB, i);
            cpuMeasured += Double.isNaN(cpu) ? 0 : 1;
            memoryMeasured += Double.isNaN(memory) ? 0 : 1;
            if (cpu > place.vcpu()) {
                cpuShort++;
                shortSeconds += Math.min(SECONDS_AN_HOUR, series.time(i) - series.time(i - 1));
            }
            if (memory > place.memoryGib()) {
                memoryShort++;
                return true;
            }
            return shortSeconds >= SECONDS_AN_HOUR;
        }

        private void relieve(int i) {
            Place old = place;
            go(decision(i + 1, series.time(i) + 1), true);
            boolean more = place.vcpu() > old.vcpu() || place.memoryGib() > old.memoryGib();
            Place back = Place.of(origin.vm());
            if (!more && (back.vcpu() > place.vcpu() || back.memoryGib() > place.memoryGib())) {
                move(back, origin, true);
            }
            shortSeconds = 0;
        }

        /** The decision on the samples before the given one. */
        private Decision decision(int before, long time) {
            VmFacts known = facts.measured(series.usage(0, before));
            return decide.decide(known, new EvaluationTime(Instant.ofEpochSecond(time)));
        }

        private void go(Decision decision, boolean now) {
            Place next = Place.after(decision, facts.vm());
            if (next.moved() && !Double.isNaN(next.priceUsdHour())) {
                move(next, Moved.to(facts, decision), now);
            }
        }

        private void move(Place to, VmFacts there, boolean now) {
            place = to;
            facts = there;
            wasMoved = true;
            moves++;
            atOnce += now ? 1 : 0;
        }
    }
}
