package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each input that is wrong is refused with its file, its line and what is wrong with it. */
class BadInputTest {

    @TempDir
    Path directory = Path.of("");

    private FleetDirectory fleet = new FleetDirectory(Path.of(System.getProperty("java.io.tmpdir")));

    @BeforeEach
    void makeFleet() {
        fleet = new FleetDirectory(directory);
        fleet.write("modules.csv", FleetDirectory.MODULES).write("slas.csv", FleetDirectory.SLAS);
    }

    private static String original(String file) {
        return switch (file) {
            case "vms.csv" -> FleetDirectory.VMS;
            case "targets.csv" -> FleetDirectory.TARGETS;
            case "usage.csv" -> FleetDirectory.USAGE;
            case "modules.csv" -> FleetDirectory.MODULES;
            default -> FleetDirectory.SLAS;
        };
    }

    @Test
    void controlCharacters_areReportedWithFileAndLine() {
        fleet.write("vms.csv", original("vms.csv").replaceFirst("\nb,Beta", "\nb\u0000c,Be\u001Bta"))
                .write("targets.csv", original("targets.csv").replaceFirst("\nt2", "\nt\u0085"));

        assertThat(fleet.problems())
                .contains(
                        "vms.csv:3: `id` has the control character U+0000 at position 2: `b?c`. Maybe leave it out",
                        "vms.csv:3: `name` has the control character U+001B at position 3: `Be?ta`. Maybe leave it out",
                        "targets.csv:3: `id` has the control character U+0085 at position 2: `t?`. Maybe leave it out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '@',
            value = {
                // file | what is replaced | by | line | what is said
                "vms.csv | ,2,8,1.6 | ,two,8,1.6 | 2 | `vcpu` is `two`, which is not a number",
                "vms.csv | ,2,8,1.6 | ,NaN,8,1.6 | 2 | `vcpu` is `NaN`, which is not a number. Maybe leave it empty when it is unknown",
                "vms.csv | ,2,8,1.6 | ,2,Infinity,1.6 | 2 | `memory_gib` is `Infinity`, which is not a number",
                "vms.csv | ,2,8,1.6 | ,2,1e400,1.6 | 2 | `memory_gib` is `1e400`, which is too large",
                "vms.csv | ,2,8,1.6 | ,2,-8,1.6 | 2 | `memory_gib` is `-8`, which is negative",
                "vms.csv | ,2,8,1.6 | ,0,8,1.6 | 2 | `vcpu` is `0`. Maybe it is unknown: then leave it empty",
                "vms.csv | ,2,8,1.6 | ,2,8,5,1.6 | 2 | the line has 14 cells, the header has 13. Maybe a comma is missing, or a text with a comma has no quotes",
                "vms.csv | ,2,8,1.6 | ,2,\"8,5\",1.6 | 2 | `memory_gib` is `8,5`, which is not a number. Maybe with a point: `8.5`",
                "vms.csv | 0.2,web | -0.2,web | 3 | `price_usd_hour` is `-0.2`, which is negative",
                "vms.csv | b,Beta | a,Beta | 3 | `a` is already in line 2",
                "vms.csv | b,Beta | ,Beta | 3 | `id` has no value",
                "vms.csv | rhel-9.4 | -9 | 2 | `-9` is not an operating system. Maybe `family-version`, such as `rhel-9.4`",
                "vms.csv | memory_gib | memory_mib | 1 | `memory_mib` has an unknown unit. Maybe `memory_gib`",
                "vms.csv | memory_gib | memory | 1 | `memory` has an unknown unit. Maybe `memory_gib`",
                "vms.csv | price_usd_hour | price_eur_hour | 1 | `price_eur_hour` has an unknown unit. Maybe `price_usd_hour`",
                "vms.csv | network_gbps | network_mbps | 1 | `network_mbps` has an unknown unit. Maybe `network_gbps`",
                "vms.csv | owner | group | 1 | the column `group` is there twice",
                "vms.csv | owner | ownr | 1 | the column `owner` is missing. Maybe `ownr` is meant",
                "targets.csv | ,false,0.1 | ,no,0.1 | 2 | `burstable` is `no`. Maybe `true` or `false`",
                "targets.csv | ,false,0.1 | ,false,-1 | 2 | `price_usd_hour` is `-1`, which is negative",
                "targets.csv | t2 | t1 | 3 | `t1` is already in line 2",
                "targets.csv | storage_gib | storage_tb | 1 | `storage_tb` has an unknown unit. Maybe `storage_gib`",
                "usage.csv | :00Z,a,0.5 | :00Z,zeta,0.5 | 2 | `zeta` is not in `vms.csv`. Maybe it was removed there, or is written differently",
                "usage.csv | 0.5,4,1 | x,4,1 | 2 | `cpu_vcpu` is `x`, which is not a number",
                "usage.csv | 0.5,4,1 | NaN,4,1 | 2 | `cpu_vcpu` is `NaN`, which is not a number. Maybe leave it empty when it is unknown",
                "usage.csv | 0.5,4,1 | 0.5,-4,1 | 2 | `memory_gib` is `-4`, which is negative",
                "usage.csv | 0.5,4,1 | 0.5,4,1,1 | 2 | the line has 9 cells, the header has 8. Maybe a comma is missing, or a text with a comma has no quotes",
                "usage.csv | 2024-05-01T00:05:00Z | 2024-05-01T00:00:00Z | 3 | `2024-05-01T00:00:00Z` is there twice for `a`. Maybe one of the two is too much",
                "usage.csv | 2024-05-01T00:05:00Z | 2024-04-30T00:00:00Z | 3 | `2024-04-30T00:00:00Z` of `a` comes after a later sample, `2024-05-01T00:00:00Z`. Maybe sort the samples by time",
                "usage.csv | 2024-05-01T00:05:00Z | 01.05.2024 00:05 | 3 | `timestamp` is `01.05.2024 00:05`, which is not a time. Maybe `2024-05-31T23:59:00Z`",
                "usage.csv | 2024-05-01T00:05:00Z,a | 2024-05-01T00:05:00Z, | 3 | `vm` has no value",
                "usage.csv | net_rx_mbps | net_rx_gbps | 1 | `net_rx_gbps` has an unknown unit. Maybe `net_rx_mbps`",
                "usage.csv | cpu_vcpu | cpu_percent | 1 | `cpu_percent` has an unknown unit. Maybe `cpu_vcpu`",
                "modules.csv | a,postgresql | zeta,postgresql | 2 | `zeta` is not in `vms.csv`. Maybe it was removed there, or is written differently",
                "modules.csv | vcpu>=2 | cpu>=2 | 2 | `cpu` is not a known requirement. Maybe `vcpu`",
                "modules.csv | vcpu>=2 | vcpu~2 | 2 | `vcpu~2` is not a requirement. Maybe `vcpu>=4` or `feature=selinux`",
                "modules.csv | vcpu>=2 | vcpu>=many | 2 | `many` is not an amount of `vcpu`",
                "slas.csv | a,2 | zeta,2 | 2 | `zeta` is not in `vms.csv`. Maybe it was removed there, or is written differently",
                "slas.csv | 0.9995 | 99.95 | 2 | `min_availability` is `99.95`, a share is between 0 and 1. Maybe `0.9995`"
            })
    void badLine_isReportedWithFileLineAndWhatIsWrong(String file, String from, String to, int line, String message) {
        fleet.write(file, original(file).replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));

        assertThat(fleet.problems()).contains(file + ":" + line + ": " + message);
    }

    @Test
    void samplesOfAMachineInTwoPlaces_areRefused() {
        fleet.write("usage.csv", FleetDirectory.USAGE + "2024-05-02T00:00:00Z,a,1,1,1,1,1,1\n");

        assertThat(fleet.problems())
                .containsExactly("usage.csv:5: the samples of `a` are not all together. Maybe the file is not sorted by"
                        + " VM, then by time");
    }

    @Test
    void secondAgreementForAMachine_isRefused() {
        fleet.write("slas.csv", FleetDirectory.SLAS + "a,,,,,,,\n");

        assertThat(fleet.problems()).containsExactly("slas.csv:3: `a` is already in line 2");
    }

    @Test
    void pricing_thatIsWrong_isReportedWithItsLines() {
        fleet.write("pricing.yaml", "model: monthly\nusd_per_vcpu_hour: -1\nusd_per_gb_hour: 3\nmodel: hourly\n");

        assertThat(fleet.problems())
                .containsExactly(
                        "pricing.yaml:1: `model` is `monthly`. Maybe `hourly` or `consumption`",
                        "pricing.yaml:2: `usd_per_vcpu_hour` is `-1`, which is negative",
                        "pricing.yaml:3: `usd_per_gb_hour` is not known. Maybe `usd_per_gib_hour`",
                        "pricing.yaml:4: `model` is there twice");
    }

    @Test
    void pricing_thatIsNoYaml_isReportedWithItsLine() {
        fleet.write("pricing.yaml", "model: hourly\n  usd: [\n");

        assertThat(fleet.problems()).singleElement().asString().startsWith("pricing.yaml:2: this is not YAML");
    }

    @Test
    void missingFiles_areAllNamed() {
        fleet.remove("vms.csv").remove("usage.csv");

        assertThat(fleet.problems()).hasSize(2);
        assertThat(fleet.problems().get(0)).startsWith("vms.csv: there is no such file. Maybe");
        assertThat(fleet.problems().get(1)).startsWith("usage.csv: there is no such file. Maybe");
    }

    @Test
    void missingDirectory_isSaid() {
        IntakeException refused =
                catchThrowableOfType(IntakeException.class, () -> new FleetReader().read(directory.resolve("nowhere")));

        assertThat(refused)
                .hasMessage(
                        directory.resolve("nowhere") + ": there is no such directory. Maybe the path is misspelled");
    }

    @Test
    void bothUsageFiles_areOneTooMany() {
        fleet.gzipUsage(new byte[0]).write("usage.csv", FleetDirectory.USAGE);

        assertThat(fleet.problems())
                .containsExactly(
                        directory + ": there are both `usage.csv` and `usage.csv.gz`. Maybe one of them is left over");
    }

    @Test
    void emptyFile_hasNoHeader() {
        fleet.write("targets.csv", "");

        assertThat(fleet.problems())
                .singleElement()
                .asString()
                .startsWith("targets.csv:1: the file has no header. Maybe");
    }

    @Test
    void problemsOfAllFiles_areReportedTogether_inTheOrderOfReading() {
        fleet.write("vms.csv", FleetDirectory.VMS.replace(",4,16,", ",-4,abc,"))
                .write("targets.csv", FleetDirectory.TARGETS.replace("t2", "t1"))
                .write("usage.csv", FleetDirectory.USAGE.replace("Z,b", "Z,c"))
                .write("modules.csv", FleetDirectory.MODULES.replace("vcpu", "vcpus"));

        assertThat(fleet.problems())
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly("vms.csv:3", "vms.csv:3", "targets.csv:3", "usage.csv:4", "modules.csv:2");
    }

    @Test
    void referenceToAMachineWithAProblem_isNoFurtherProblem() {
        fleet.write("vms.csv", FleetDirectory.VMS.replace(",2,8,1.6", ",-2,8,1.6"));

        assertThat(fleet.problems()).containsExactly("vms.csv:2: `vcpu` is `-2`, which is negative");
    }

    @Test
    void problemsBeyondAHundred_areCounted() {
        fleet.write("vms.csv", FleetDirectory.VMS + "x,x,,,,,-1,,,,,,\n".repeat(250));

        IntakeException refused = catchThrowableOfType(IntakeException.class, () -> new FleetReader().read(directory));
        assertThat(refused.problems()).hasSize(100);
        assertThat(refused.count()).isEqualTo(250 + 249);
        assertThat(refused.getMessage().lines().toList()).hasSize(101).last().isEqualTo("and 399 more");
    }

    @Test
    void csvOfARequest_isNamedAsTheCallerSays() {
        IntakeException refused = catchThrowableOfType(
                IntakeException.class,
                () -> new FleetReader()
                        .readVms(
                                "body",
                                FleetDirectory.VMS.replace("8,1.6", "8,?").getBytes(StandardCharsets.UTF_8)));

        assertThat(refused.problems())
                .isEqualTo(List.of(new Problem("body", 2, "`network_gbps` is `?`, which is not a number")));
    }
}
