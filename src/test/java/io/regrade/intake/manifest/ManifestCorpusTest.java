package io.regrade.intake.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.regrade.fact.Attribute;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Declaration;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.source.ManifestLimits;
import io.regrade.intake.manifest.source.Source;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Real manifests of many producers, read where they are; skipped where they are not. */
class ManifestCorpusTest {

    private static final Map<String, Format> FORMATS = Map.of(
            "ovf", Format.OVF,
            "vmx", Format.VMX,
            "libvirt", Format.LIBVIRT,
            "kubevirt", Format.KUBEVIRT,
            "cloud-init", Format.CLOUD_INIT);

    private static final List<String> UNITS = List.of("Ki", "Mi", "Gi", "Ti");

    /** Read once for all tests here. */
    private static List<Outcome> read = List.of();

    /** What became of one file. */
    private record Outcome(
            NamedCsvRecord row,
            @org.jspecify.annotations.Nullable Analysis analysis,
            String refusal) {

        String kind() {
            return row.getField("kind");
        }
    }

    private static Path manifests() {
        String shared = System.getProperty("REGRADE_SHARED_DATA", System.getenv("REGRADE_SHARED_DATA"));
        Path manifests = Path.of(shared == null ? "../shared/data" : shared).resolve("manifests");
        assumeTrue(
                Files.isDirectory(manifests),
                "skipped: there are no real manifests in " + manifests + "; set REGRADE_SHARED_DATA");
        return manifests;
    }

    private static List<Outcome> outcomes() throws IOException {
        Path manifests = manifests();
        if (read.isEmpty()) {
            read = read(manifests);
        }
        return read;
    }

    private static List<Outcome> read(Path manifests) throws IOException {
        Analyzer analyzer = new Analyzer();
        List<Outcome> outcomes = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(manifests.resolve("INDEX.csv"))) {
            for (NamedCsvRecord row : rows) {
                Path file = manifests.resolve(row.getField("file"));
                try {
                    outcomes.add(new Outcome(row, analyzer.analyze(Source.of(file, ManifestLimits.DEFAULT)), ""));
                } catch (ManifestException e) {
                    assertThat(e.place().file()).startsWith(file.toString());
                    assertThat(e.problem()).isNotBlank();
                    outcomes.add(new Outcome(row, null, e.problem()));
                }
            }
        }
        return outcomes;
    }

    @Test
    void everyRealManifest_isReadOrRefusedWithAReason_andAgreesWithItsIndex() throws IOException {
        List<Outcome> outcomes = outcomes();
        List<String> different = new ArrayList<>();
        int compared = 0;
        Map<String, Integer> read = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            Analysis analysis = outcome.analysis();
            if (analysis == null) {
                continue;
            }
            read.merge(outcome.kind(), 1, Integer::sum);
            String file = outcome.row().getField("file");
            assertThat(analysis.format()).as(file).isEqualTo(FORMATS.get(outcome.kind()));
            compared += compare(outcome.row(), "vcpu_naive", amounts(analysis, Attribute.VCPU), different);
            compared += compare(outcome.row(), "memory_naive", amounts(analysis, Attribute.MEMORY_GIB), different);
        }

        assertThat(outcomes).hasSize(956);
        assertThat(read).isEqualTo(Map.of("cloud-init", 106, "kubevirt", 115, "libvirt", 138, "ovf", 540, "vmx", 5));
        assertThat(compared).isEqualTo(824);
        // One has two hundred errors by design, and the memory of one is "Thousand and Twenty Four".
        assertThat(different).hasSize(2).allMatch(one -> one.contains("cot/invalid.ovf") || one.contains("noninteger"));
    }

    @Test
    void whatIsNotWellFormed_isRefused_whereTheIndexSaysSo() throws IOException {
        List<Outcome> broken = outcomes().stream()
                .filter(one -> one.row().getField("wellformed").equals("no"))
                .toList();

        assertThat(broken).hasSize(12);
        assertThat(broken).filteredOn(one -> one.analysis() != null).hasSizeLessThanOrEqualTo(1);
    }

    private static List<Double> amounts(Analysis analysis, Attribute attribute) {
        return analysis.declares().stream()
                .filter(one -> one.attribute() == attribute)
                .map(Declaration::amount)
                .toList();
    }

    /** The index knows every deployment option and both descriptions of a machine: each amount must be among those. */
    private static int compare(NamedCsvRecord row, String column, List<Double> found, List<String> different) {
        Set<Long> expected = new TreeSet<>();
        for (String one : row.getField(column).split("\\|", -1)) {
            double amount = column.startsWith("memory") ? naiveGib(one) : naive(one);
            if (!Double.isNaN(amount)) {
                expected.add(rounded(amount));
            }
        }
        if (expected.isEmpty()) {
            return 0;
        }
        boolean among = !found.isEmpty() && found.stream().allMatch(amount -> expected.contains(rounded(amount)));
        if (!among) {
            different.add(row.getField("file") + " " + column + " " + row.getField(column) + " found " + found);
        }
        return 1;
    }

    /** To a millionth: the index writes six digits. */
    private static long rounded(double amount) {
        return new BigDecimal(amount)
                .round(new MathContext(5))
                .multiply(BigDecimal.valueOf(1_000_000))
                .longValue();
    }

    /** MiB, or as KubeVirt writes it. */
    private static double naiveGib(String text) {
        for (String unit : UNITS) {
            if (text.endsWith(unit)) {
                double factor = Math.pow(1024, UNITS.indexOf(unit) - 2.0);
                return naive(text.substring(0, text.length() - unit.length())) * factor;
            }
        }
        if (text.endsWith("M") || text.endsWith("G")) {
            return naive(text.substring(0, text.length() - 1)) * (text.endsWith("M") ? 1e6 : 1e9) / (1 << 30);
        }
        return naive(text) / 1024;
    }

    private static double naive(String text) {
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
