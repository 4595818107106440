package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Real fleets, read where they are; skipped where they are not. */
class RealDataTest {

    private static final double[] SHARES = {0.50, 0.90, 0.95, 0.99, 0.995};

    private static Path fleet(String name) {
        String shared = System.getProperty("REGRADE_SHARED_DATA", System.getenv("REGRADE_SHARED_DATA"));
        Path fleet = Path.of(shared == null ? "../shared/data" : shared)
                .resolve("fleets")
                .resolve(name);
        assumeTrue(
                Files.isDirectory(fleet), "skipped: there is no real fleet in " + fleet + "; set REGRADE_SHARED_DATA");
        return fleet;
    }

    @Test
    void bitbrains_isReadCompletely_andAgreesWithANaiveRecomputation() throws IOException {
        Path directory = fleet("bitbrains-faststorage");

        Fleet fleet = new FleetReader().read(directory);
        assertThat(fleet.vms()).hasSize(300);
        assertThat(fleet.targets()).hasSizeGreaterThan(1000);
        assertThat(fleet.vms().stream()
                        .mapToLong(facts -> Objects.requireNonNull(facts.usage(Resource.CPU))
                                .samples())
                        .sum())
                .isEqualTo(UsageScan.scan(directory, IntakeLimits.DEFAULT).samples());
        assertStatistics(fleet, directory, "fs-1");
        assertStatistics(fleet, directory, fleet.vms().get(17).vm().id());
    }

    @Test
    void planetlab_hasNothingButProcessors() {
        Fleet fleet = new FleetReader().read(fleet("planetlab-20110303"));

        assertThat(fleet.vms()).hasSize(1052);
        assertThat(fleet.vms())
                .allSatisfy(facts ->
                        assertThat(facts.usage()).extracting(Usage::resource).containsExactly(Resource.CPU));
    }

    private static void assertStatistics(Fleet fleet, Path directory, String vm) throws IOException {
        VmFacts facts = fleet.vms().stream()
                .filter(one -> one.vm().id().equals(vm))
                .findFirst()
                .orElseThrow();
        List<String[]> rows = rows(directory.resolve("usage.csv.gz"), vm);
        assertUsage(facts, Resource.CPU, rows, row -> number(row[2]));
        assertUsage(facts, Resource.MEMORY, rows, row -> number(row[3]));
        assertUsage(facts, Resource.DISK_THROUGHPUT, rows, row -> number(row[4]) + number(row[5]));
        assertUsage(facts, Resource.NETWORK, rows, row -> Math.max(number(row[6]), number(row[7])) / 1000);
    }

    private static List<String[]> rows(Path file, String vm) throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.contains("," + vm + ",")) {
                    rows.add(line.split(",", -1));
                }
            }
        }
        return rows;
    }

    private static double number(String cell) {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }

    /** One quantity of a line. */
    private interface Quantity {
        double of(String[] row);
    }

    private static void assertUsage(VmFacts facts, Resource resource, List<String[]> rows, Quantity quantity) {
        Usage usage = Objects.requireNonNull(facts.usage(resource));
        List<String[]> measured =
                rows.stream().filter(row -> !Double.isNaN(quantity.of(row))).toList();
        double[] amounts = measured.stream().mapToDouble(quantity::of).toArray();
        double[] sorted = amounts.clone();
        Arrays.sort(sorted);
        BigDecimal sum = BigDecimal.ZERO;
        for (double amount : amounts) {
            sum = sum.add(new BigDecimal(amount));
        }
        double mean = sum.divide(BigDecimal.valueOf(amounts.length), MathContext.DECIMAL64)
                .doubleValue();

        assertThat(usage.samples()).isEqualTo(amounts.length);
        assertThat(usage.mean()).isCloseTo(mean, within(Math.ulp(mean) * 4));
        assertThat(usage.max()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(usage.from()).isEqualTo(Instant.parse(measured.get(0)[0]));
        double[] found = {usage.p50(), usage.p90(), usage.p95(), usage.p99(), usage.p995()};
        for (int i = 0; i < SHARES.length; i++) {
            double exact = sorted[(int) Math.ceil(SHARES[i] * sorted.length) - 1];
            assertThat(found[i]).isCloseTo(exact, within(0.01 * exact + 1e-12));
        }
        long[] times = measured.stream()
                .mapToLong(row -> Instant.parse(row[0]).getEpochSecond())
                .toArray();
        assertThat(usage.coverage()).isCloseTo(coverage(times), within(1e-12));
        double trend = trend(times, amounts);
        assertThat(usage.trendPerDay()).isCloseTo(trend, within(1e-6 * Math.max(Math.abs(trend), usage.max() / 30)));
    }

    private static double coverage(long[] times) {
        long[] gaps = new long[times.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        long median = sorted[(sorted.length - 1) / 2];
        double covered = median;
        for (long gap : gaps) {
            covered += Math.min(gap, 3 * median);
        }
        return covered / (times[times.length - 1] - times[0] + median);
    }

    /** Two passes around the means, the way a textbook has it. */
    private static double trend(long[] times, double[] amounts) {
        double meanTime = Arrays.stream(times).average().orElseThrow();
        double meanAmount = Arrays.stream(amounts).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < times.length; i++) {
            products += (times[i] - meanTime) * (amounts[i] - meanAmount);
            squares += (times[i] - meanTime) * (times[i] - meanTime);
        }
        return 86_400 * products / squares;
    }
}
