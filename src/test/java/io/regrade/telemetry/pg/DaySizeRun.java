package io.regrade.telemetry.pg;

import io.regrade.fact.Resource;
import io.regrade.intake.inventory.FleetProgress;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.FleetSeries;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.OpenSamples;
import io.regrade.intake.telemetry.Series;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** How many bytes the days of a fleet's machines take; the argument is a fleet directory. */
public final class DaySizeRun {

    private static final double HOURS_A_MONTH = 730;

    private long bytes;
    private long resourceHours;
    private long hours;
    private long samples;

    private DaySizeRun() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        DaySizeRun run = new DaySizeRun();
        new FleetSeries(IntakeLimits.DEFAULT, FleetProgress.NONE)
                .read(directory, new FleetReader().read(directory).vms(), (vm, series) -> run.add(series));
        double perHour = (double) run.bytes / run.resourceHours;
        System.out.printf(
                "%d samples, %d machine-hours, %d resource-hours, %d bytes: %.1f bytes a resource-hour, %.1f KB a machine and"
                        + " month for six series, %.1f KB for those measured%n",
                run.samples,
                run.hours,
                run.resourceHours,
                run.bytes,
                perHour,
                perHour * 6 * HOURS_A_MONTH / 1000,
                (double) run.bytes / run.hours * HOURS_A_MONTH / 1000);
    }

    private void add(Series series) {
        OpenSamples open = new OpenSamples();
        for (Measure measure : Measure.values()) {
            MonitoredSeries one = MonitoredSeries.of("a", measure);
            for (int i = 0; i < series.size(); i++) {
                if (!Double.isNaN(series.amount(measure, i))) {
                    open.add(one, series.time(i) * 1000, series.amount(measure, i));
                    samples++;
                }
            }
        }
        MeasuredHours all = open.hours();
        TreeSet<Long> days = new TreeSet<>();
        for (Resource resource : Resource.values()) {
            all.of(resource).forEach(hour -> days.add(Math.floorDiv(hour.hour(), 24)));
            resourceHours += all.of(resource).size();
        }
        hours += List.of(Resource.values()).stream()
                .mapToInt(resource -> all.of(resource).size())
                .max()
                .orElse(0);
        for (long day : days) {
            bytes += DayBody.write(all.only(hour -> Math.floorDiv(hour.hour(), 24) == day)).length;
        }
    }
}
