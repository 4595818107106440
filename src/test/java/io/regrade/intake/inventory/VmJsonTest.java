package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.regrade.fact.Redundancy;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmJsonTest {

    private static final Instant END = Instant.parse("2024-06-01T00:00:00Z");
    private static final String SUMMARY = """
            {"resource": "memory_gib", "unit": "GiB", "window_days": 14, "samples": 4032,
             "mean": 4, "p50": 3, "p95": 8, "p99": 10, "max": 12}""";

    private final VmJson json = new VmJson(IntakeLimits.DEFAULT);

    private VmJson.Request request(String text) {
        return json.request(VmJson.parse(text.getBytes(StandardCharsets.UTF_8)), END);
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(IntakeException.class, () -> request(text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private VmFacts vm(String fields) {
        return request("{\"vms\": [{\"id\": \"a\", " + fields + "}]}").vms().get(0);
    }

    @Test
    void vm_hasWhatItsFieldsSay() {
        Vm vm = vm("""
                "vcpu": 4, "memory_gib": 15.5, "os": "rhel-9.4", "price_usd_hour": 0.2, "features": ["SELinux", "tpm"],
                "tags": {"env": "prod", "rank": 3}, "rack": "left", "storage_gib": null""").vm();

        assertThat(vm.name()).isEqualTo("a");
        assertThat(vm.capacity().vcpu()).isEqualTo(4);
        assertThat(vm.capacity().memoryGib()).isEqualTo(15.5);
        assertThat(vm.capacity().storageGib()).isNaN();
        assertThat(vm.capacity().networkGbps()).isNaN();
        assertThat(vm.features()).containsExactly("selinux", "tpm");
        assertThat(vm.environment()).isEqualTo("prod");
        assertThat(vm.tags()).containsEntry("rank", "3").containsEntry("rack", "left");
    }

    @Test
    void samples_giveTheUsageThatAFileGives() {
        Usage cpu = Objects.requireNonNull(vm("""
                "usage": [{"timestamp": "2024-05-01T00:00:00Z", "cpu_vcpu": 0.5, "disk_read_mbps": 1},
                          {"timestamp": "2024-05-01T00:05:00Z", "cpu_vcpu": 1.5, "vm": "a"}]""").usage(Resource.CPU));

        assertThat(cpu.mean()).isEqualTo(1.0);
        assertThat(cpu.samples()).isEqualTo(2);
        assertThat(cpu.to()).isEqualTo("2024-05-01T00:10:00Z");
    }

    @Test
    void summary_endsAtTheGivenMoment() {
        Usage memory = Objects.requireNonNull(
                vm("\"usage_summary\": [" + SUMMARY + "]").usage(Resource.MEMORY));

        assertThat(memory.to()).isEqualTo(END);
        assertThat(memory.windowDays()).isEqualTo(14);
        assertThat(memory.coverage()).isEqualTo(1);
        assertThat(memory.p99()).isEqualTo(10);
        assertThat(memory.trendPerDay()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "memory, MEMORY, MiB, 1024",
        "network, NETWORK, Mbit/s, 1000",
        "cpu, CPU, vcpu, 1",
        "disk-throughput, DISK_THROUGHPUT, MiB/s, 1"
    })
    void summary_isConvertedToTheResourcesUnit(String name, Resource resource, String unit, double divisor) {
        String summary = SUMMARY.replace("memory_gib", name).replace("GiB", unit);

        Usage usage = Objects.requireNonNull(
                vm("\"usage_summary\": [" + summary + "]").usage(resource));
        assertThat(usage.max()).isCloseTo(12 / divisor, within(1e-12));
    }

    @Test
    void modulesSlaAndGroup_areRead() {
        VmFacts facts = vm("""
                "group": "web", "modules": [{"name": "postgresql", "version": "16.4", "requires": ["vcpu>=4"]}],
                "sla": {"min_availability": 0.9995, "allowed_clouds": ["aurora"], "window": "sat 02:00-06:00"}""");

        assertThat(facts.modules().get(0).requires().get(0).text()).isEqualTo("vcpu>=4");
        Sla sla = Objects.requireNonNull(facts.sla());
        assertThat(sla.minAvailability()).isEqualTo(0.9995);
        assertThat(sla.allowedClouds()).containsExactly("aurora");
        assertThat(facts.redundancy()).extracting(Redundancy::members).containsOnly(1);
    }

    @Test
    void targets_areNullWhenNotGiven_andEmptyWhenThereAreNone() {
        assertThat(request("{\"vms\": []}").targets()).isNull();
        assertThat(request("{\"vms\": [], \"targets\": []}").targets()).isEmpty();
        assertThat(request("{\"vms\": [], \"targets\": [{\"id\": \"t\", \"kind\": \"machine\"}]}")
                        .targets())
                .singleElement()
                .satisfies(target -> assertThat(target.available()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '@',
            value = {
                "\"vcpu\": \"NaN\" | /vms/0/vcpu: `vcpu` is `NaN`, which is not a number. Maybe leave it empty when it is unknown",
                "\"vcpu\": \"4\" | /vms/0/vcpu: `vcpu` is a text, not a number. Maybe `4` without quotes",
                "\"vcpu\": -4 | /vms/0/vcpu: `vcpu` is `-4`, which is negative",
                "\"vcpu\": 1e400 | /vms/0/vcpu: `vcpu` is `Infinity`, which is not a number",
                "\"vcpu\": [4] | /vms/0/vcpu: a plain value is expected, not a list",
                "\"memory_mib\": 4 | /vms/0/memory_mib: `memory_mib` has an unknown unit. Maybe `memory_gib`",
                "\"a/b~c\": {} | /vms/0/a~1b~0c: a plain value is expected, not an object",
                "\"os\": \"-9\" | /vms/0/os: `-9` is not an operating system. Maybe `family-version`, such as `rhel-9.4`",
                "\"features\": [\"tpm\", {}] | /vms/0/features/1: a plain value is expected, not an object",
                "\"usage\": {} | /vms/0/usage: a list is expected, not an object",
                "\"usage\": [4] | /vms/0/usage/0: an object is expected, not a number",
                "\"usage\": [{\"cpu_vcpu\": 1}] | /vms/0/usage/0/timestamp: `timestamp` has no value",
                "\"usage\": [{\"timestamp\": \"noon\"}] | /vms/0/usage/0/timestamp: `timestamp` is `noon`, which is not a time. Maybe `2024-05-31T23:59:00Z`",
                "\"usage\": [{\"timestamp\": \"2024-05-01T00:00:00Z\", \"vm\": \"b\"}] | /vms/0/usage/0/vm: `b` is another machine than `a`",
                "\"usage\": [{\"timestamp\": \"2024-05-01T00:00:00Z\"}, {\"timestamp\": \"2024-05-01T00:00:00Z\"}] | /vms/0/usage/1/timestamp: `2024-05-01T00:00:00Z` is there twice for `a`. Maybe one of the two is too much",
                "\"usage\": [{\"timestamp\": \"2024-05-01T00:00:00Z\", \"cpu_vpu\": 1}] | /vms/0/usage/0/cpu_vpu: `cpu_vpu` is not known. Maybe `cpu_vcpu`",
                "\"modules\": [{\"name\": \"x\", \"requires\": [\"cpus>=2\"]}] | /vms/0/modules/0/requires: `cpus` is not a known requirement. Maybe `vcpu`",
                "\"modules\": [{\"version\": \"1\"}] | /vms/0/modules/0/name: `name` has no value",
                "\"sla\": {\"max_price\": 4} | /vms/0/sla/max_price: `max_price` is not known. Maybe one of `max_saturated_hours_month`, `min_availability`, `max_price_usd_month`, `allowed_clouds`, `allowed_regions`, `allowed_families`, `window`",
                "\"sla\": 4 | /vms/0/sla: an object is expected, not a number",
                "\"usage\": [], \"usage_summary\": [] | /vms/0/usage_summary: there are both `usage` and `usage_summary`. Maybe leave one of them out"
            })
    void badField_isReportedWithItsPointer(String field, String problem) {
        assertThat(problems("{\"vms\": [{\"id\": \"a\", " + field + "}]}")).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '@',
            value = {
                "\"GiB\" | \"GB\" | /unit: `GB` is an unknown unit of memory. Maybe `GiB`",
                "\"memory_gib\" | \"memry\" | /resource: `memry` is not a resource. Maybe `memory`",
                "\"p95\": 8 | \"p95\": 11 | /p99: `p99` is below `p95`. Maybe the two are interchanged",
                "\"mean\": 4 | \"mean\": 13 | /mean: `mean` is above `max`. Maybe the two are interchanged",
                "\"max\": 12 | \"max\": -1 | /max: `max` is `-1`, which is negative",
                "\"max\": 12 | \"maximum\": 12 | /max: `max` has no value",
                "\"samples\": 4032 | \"samples\": 0 | /samples: `samples` is `0`. Maybe leave the resource out when it was not measured",
                "\"samples\": 4032 | \"samples\": 1.5 | /samples: `samples` is `1.5`, which is not a whole number",
                "\"window_days\": 14 | \"window_days\": 0 | /window_days: `window_days` is `0`. Maybe it is unknown: then leave it empty",
                "\"p50\": 3 | \"p50\": \"NaN\" | /p50: `p50` is `NaN`, which is not a number. Maybe leave it empty when it is unknown"
            })
    void badSummary_isReportedWithItsPointer(String from, String to, String problem) {
        assertThat(problems("{\"vms\": [{\"id\": \"a\", \"usage_summary\": [" + SUMMARY.replace(from, to) + "]}]}"))
                .contains("/vms/0/usage_summary/0" + problem);
    }

    @Test
    void summaryGivenTwice_isRefused() {
        assertThat(problems("{\"vms\": [{\"id\": \"a\", \"usage_summary\": [" + SUMMARY + "," + SUMMARY + "]}]}"))
                .containsExactly("/vms/0/usage_summary/1/resource: `memory_gib` is there twice");
    }

    @Test
    void problemsOfAllParts_areReportedTogether() {
        assertThat(problems("""
                {"vms": [{"id": "a", "vcpu": -1}, {"id": "a"}, {"name": "x"}, 7],
                 "targets": [{"id": "t", "gpu": -1}, {"id": "t"}], "target": []}"""))
                .containsExactly(
                        "/target: `target` is not known. Maybe `targets`",
                        "/vms/0/vcpu: `vcpu` is `-1`, which is negative",
                        "/vms/1/id: `a` is already in `/vms/0`",
                        "/vms/2/id: `id` has no value",
                        "/vms/3: an object is expected, not a number",
                        "/targets/0/gpu: `gpu` is `-1`, which is negative",
                        "/targets/1/id: `t` is already in `/targets/0`");
    }

    @Test
    void requestWithoutMachines_isRefused() {
        assertThat(problems("{}")).containsExactly("/vms: `vms` is missing. Maybe `{\"vms\": […]}`");
        assertThat(problems("[]")).containsExactly("an object is expected, not a list");
    }

    @Test
    void oneMachine_hasPointersOfItsOwn() {
        IntakeException refused = catchThrowableOfType(
                IntakeException.class,
                () -> json.vm(VmJson.parse("{\"id\": \"a\", \"vcpu\": 0}".getBytes(StandardCharsets.UTF_8)), END));

        assertThat(refused.problems().get(0).place()).isEqualTo("/vcpu");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '@',
            value = {"{\"vms\": [}", "{\"vms\": [], \"vms\": []}", "{\"vms\": NaN}", "{\"vms\": []} x", "@@"})
    void textThatIsNoJson_isRefusedWithItsLine(String text) {
        IntakeException refused = catchThrowableOfType(
                IntakeException.class, () -> VmJson.parse(("\n" + text).getBytes(StandardCharsets.UTF_8)));

        assertThat(refused.problems().get(0).toString())
                .startsWith(
                        text.isEmpty() ? "body:1: the body is empty" : "body:2: this is not JSON that can be read: ")
                .doesNotContain("jackson");
    }

    @Test
    void deepJson_isRefused() {
        IntakeException refused = catchThrowableOfType(
                IntakeException.class, () -> VmJson.parse("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)));

        assertThat(refused).hasMessageContaining("nested deeper than 32 levels");
    }
}
