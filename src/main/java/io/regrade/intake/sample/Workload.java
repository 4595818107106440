package io.regrade.intake.sample;

import io.regrade.fact.Capacity;
import io.regrade.intake.sample.Archetype.Load;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;

/** What one machine of the sample fleet used, as lines of {@code usage.csv}. */
final class Workload {

    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;
    private static final double MISSING = 0.004;
    private static final double MBIT_A_GBIT = 1000;
    private static final double OPERATIONS_A_MIB = 18;
    private static final int SCALE = 10_000;

    private final SampleVm sample;
    private final Load load;
    private final Capacity has;
    private final Dice dice;
    private final long phase;
    private int burst;

    Workload(SampleVm sample, long seed) {
        this.sample = sample;
        this.load = sample.archetype().load();
        this.has = sample.vm().capacity();
        this.dice = new Dice(seed ^ ((long) sample.vm().id().hashCode() << 20));
        this.phase = (long) dice.between(-HOUR, HOUR);
    }

    /** Writes all samples from a moment on, the last one a step before the end. */
    void write(Writer out, long start, long end, long step) throws IOException {
        long from = sample.isNew() ? end - DAY / 2 : start;
        StringBuilder line = new StringBuilder();
        for (long time = from; time < end; time += step) {
            double cpu = cpu(time);
            double days = (time - start) / (double) DAY;
            boolean missing = dice.chance(MISSING);
            line.setLength(0);
            line.append(Instant.ofEpochSecond(time))
                    .append(',')
                    .append(sample.vm().id());
            cell(line, cpu * has.vcpu());
            cell(line, memory(time, days) * has.memoryGib());
            double disk = load.disk() * has.diskMbps() * cpu * dice.between(0.5, 1.3);
            double network = load.network() * has.networkGbps() * MBIT_A_GBIT * cpu * dice.between(0.7, 1.2);
            if (sample.hasUnmeasuredDisks()) {
                line.append(",,");
            } else {
                cell(line, disk * 0.4);
                cell(line, disk * 0.6);
            }
            cell(line, network * 0.3);
            cell(line, network);
            if (sample.hasUnmeasuredDisks()) {
                line.append(',');
            } else {
                cell(line, disk * OPERATIONS_A_MIB);
            }
            cell(line, storage(days) * has.storageGib());
            line.append('\n');
            if (!missing) {
                out.append(line);
            }
        }
    }

    private double cpu(long time) {
        double day = day(time + phase);
        double weekend = isWeekend(time) ? 1 - load.weekend() : 1;
        double share = load.cpu() + load.rhythm() * day * weekend + load.noise() * dice.noise();
        if (sample.archetype() == Archetype.BATCH && hour(time + phase) >= 2 && hour(time + phase) < 3.5) {
            share += 0.88;
        }
        if (sample.archetype().isWeb() && burst == 0 && dice.chance(0.003)) {
            burst = 3; // somebody mentioned the shop
        }
        if (burst > 0) {
            burst--;
            share *= 1.8;
        }
        return Math.min(1, Math.max(0.001, share));
    }

    private double memory(long time, double days) {
        double share = load.memory() + load.leak() * days + 0.03 * day(time + phase) + 0.004 * dice.noise();
        return Math.min(0.985, Math.max(0.01, share));
    }

    private double storage(double days) {
        return switch (sample.archetype()) {
            case FILLING -> Math.min(0.98, 0.55 + 0.026 * days);
            case OVERSIZED, IDLE -> 0.08;
            default -> 0.38 + 0.0008 * days;
        };
    }

    /** The rhythm of a day: nothing at night, all of it in the early afternoon. */
    private static double day(long time) {
        double hour = hour(time);
        return hour < 7 || hour > 21 ? 0 : StrictMath.sin(Math.PI * (hour - 7) / 14);
    }

    private static double hour(long time) {
        return Math.floorMod(time, DAY) / (double) HOUR;
    }

    /** 1970-01-01 was a Thursday. */
    private static boolean isWeekend(long time) {
        long weekday = Math.floorMod(Math.floorDiv(time, DAY) + 3, 7);
        return weekday >= 5;
    }

    /** Appends an amount with at most four decimals, written here because Java's own shortest form differs by version. */
    private static void cell(StringBuilder line, double amount) {
        long scaled = Math.round(amount * SCALE);
        line.append(',').append(scaled / SCALE);
        long fraction = scaled % SCALE;
        if (fraction > 0) {
            line.append('.');
            for (long digit = SCALE / 10; fraction > 0; digit /= 10) {
                line.append((char) ('0' + fraction / digit));
                fraction %= digit;
            }
        }
    }
}
