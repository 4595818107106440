package io.regrade.backtest;

import io.regrade.intake.telemetry.Measure;

/** Adds up what came of one recommender's advice, machine by machine. Not safe for use by two threads at a time. */
final class Tally {

    private static final double HOURS_A_MONTH = 730;

    private final String name;
    private int machines;
    private int moved;
    private double before;
    private double after;
    private int cpuMachines;
    private int cpuExceeding;
    private double cpuHours;
    private int memoryMachines;
    private int memoryExceeding;

    Tally(String name) {
        this.name = name;
    }

    /**
     * One machine.
     *
     * @param was where it was
     * @param is where it was put
     * @param rest what it used there, at least one sample
     * @return what came of it
     */
    Outcome add(Place was, Place is, Window rest) {
        machines++;
        moved += is.moved() ? 1 : 0;
        if (!Double.isNaN(was.priceUsdHour()) && !Double.isNaN(is.priceUsdHour())) {
            before += was.priceUsdHour();
            after += is.priceUsdHour();
        }
        Outcome outcome = Outcome.of(is, rest);
        if (!Double.isNaN(outcome.cpuShareAbove())) {
            cpuMachines++;
            cpuHours += outcome.cpuShareAbove() * HOURS_A_MONTH;
            cpuExceeding += outcome.cpuShareAbove() > 0 ? 1 : 0;
        }
        if (!Double.isNaN(outcome.memoryPeak())) {
            memoryMachines++;
            memoryExceeding += outcome.memoryExceeded() ? 1 : 0;
        }
        return outcome;
    }

    Score score() {
        return new Score(
                name,
                machines,
                moved,
                before > 0 ? 1 - after / before : Double.NaN,
                cpuMachines == 0 ? Double.NaN : cpuHours / cpuMachines,
                cpuMachines == 0 ? Double.NaN : (double) cpuExceeding / cpuMachines,
                memoryMachines == 0 ? Double.NaN : (double) memoryExceeding / memoryMachines);
    }

    /**
     * What came of one machine.
     *
     * @param cpuShareAbove the share of samples that asked for more processors than there were; NaN without samples
     * @param memoryPeak the highest memory use, GiB; NaN without samples
     * @param memoryExceeded whether that was more than there was
     */
    record Outcome(double cpuShareAbove, double memoryPeak, boolean memoryExceeded) {

        static Outcome of(Place place, Window rest) {
            double[] cpu = rest.amounts(Measure.CPU_VCPU);
            int above = 0;
            for (double used : cpu) {
                above += used > place.vcpu() ? 1 : 0;
            }
            double peak = rest.max(Measure.MEMORY_GIB);
            return new Outcome(
                    cpu.length == 0 ? Double.NaN : (double) above / cpu.length, peak, peak > place.memoryGib());
        }
    }
}
