package io.regrade.intake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.intake.telemetry.mapping.MappingReader;
import io.regrade.intake.telemetry.mapping.Mappings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mappings that come with Regrade, and what is said of mappings that are wrong. */
class MappingsTest {

    private static Mappings shipped() {
        List<String> problems = new ArrayList<>();
        Mappings mappings = MappingReader.directory(Path.of("config/telemetry"), problems);
        assertThat(problems).isEmpty();
        return mappings;
    }

    @Test
    void eachMonitor_isKnown() {
        Mappings mappings = shipped();
        assertThat(mappings.series(Map.of(
                        "__name__", "node_cpu_seconds_total", "cpu", "3", "mode", "user", "instance", "web-1:9100")))
                .contains(new MonitoredSeries(
                        "web-1",
                        "node_exporter",
                        Measure.CPU_VCPU,
                        "node_cpu_seconds_total,cpu=3,mode=user",
                        true,
                        1,
                        1));
        assertThat(mappings.series(
                        Map.of("__name__", "windows_memory_available_bytes", "instance", "w:9182", "replica", "b")))
                .hasValueSatisfying(one -> {
                    assertThat(one.vm()).isEqualTo("w");
                    assertThat(one.factor() * (1 << 30)).isEqualTo(-1);
                });
        assertThat(mappings.series(
                        Map.of("__name__", "libvirt_domain_info_cpu_time_seconds_total", "domain", "instance-0001")))
                .hasValueSatisfying(one -> assertThat(one.vm()).isEqualTo("instance-0001"));
        assertThat(mappings.series(Map.of(
                        "__name__",
                        "kubevirt_vmi_network_receive_bytes_total",
                        "namespace",
                        "shop",
                        "name",
                        "web",
                        "interface",
                        "default")))
                .hasValueSatisfying(one -> assertThat(one.vm()).isEqualTo("shop/web"));
        assertThat(mappings.series(Map.of("__name__", "ceilometer_cpu", "resource_id", "3f2a")))
                .hasValueSatisfying(one -> assertThat(one.factor()).isEqualTo(1e-9));
    }

    @Test
    void whatIsOfNoMachine_orExcluded_isOfNoMeasure() {
        Mappings mappings = shipped();
        assertThat(mappings.series(Map.of("__name__", "up", "instance", "a:1"))).isEmpty();
        assertThat(mappings.series(
                        Map.of("__name__", "node_cpu_seconds_total", "cpu", "0", "mode", "idle", "instance", "a:1")))
                .isEmpty();
        assertThat(mappings.series(
                        Map.of("__name__", "node_network_receive_bytes_total", "device", "lo", "instance", "a:1")))
                .isEmpty();
        assertThat(mappings.series(Map.of("__name__", "kubevirt_vmi_cpu_usage_seconds_total", "name", "web")))
                .isEmpty();
    }

    @Test
    void problems_comeWithFileAndLine(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("mine.yaml"), """
                source: mine
                vm: "{host}"
                measures:
                  - {measure: cpu, metric: load}
                  - {measure: cpu_vcpu, metric: load, factr: 2}
                  - {measure: cpu_vcpu, metric: load, match: {mode: "("}}
                """);
        List<String> problems = new ArrayList<>();
        MappingReader.directory(directory, problems);
        assertThat(problems).hasSize(3);
        assertThat(problems.get(0)).contains("mine.yaml:4: `cpu` is no measure. Maybe ");
        assertThat(problems.get(1)).contains("mine.yaml:5: `factr` is not known. Maybe `factor`");
        assertThat(problems.get(2)).contains("mine.yaml:6: this is no regular expression");
    }
}
