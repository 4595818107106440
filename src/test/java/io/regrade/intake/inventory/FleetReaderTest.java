package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Pricing;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetReaderTest {

    @TempDir
    Path directory = Path.of("");

    private FleetDirectory fleet = new FleetDirectory(Path.of(System.getProperty("java.io.tmpdir")));

    @BeforeEach
    void makeFleet() {
        fleet = new FleetDirectory(directory);
    }

    @Test
    void vm_hasWhatItsLineSays() {
        Vm vm = fleet.read().vms().get(0).vm();

        assertThat(vm.id()).isEqualTo("a");
        assertThat(vm.name()).isEqualTo("Alpha");
        assertThat(vm.type()).isEqualTo("g5.large");
        assertThat(vm.capacity().vcpu()).isEqualTo(2);
        assertThat(vm.capacity().memoryGib()).isEqualTo(8);
        assertThat(vm.capacity().networkGbps()).isEqualTo(1.6);
        assertThat(vm.capacity().storageGib()).as("no such column").isNaN();
        assertThat(vm.os()).isEqualTo(new OperatingSystem("rhel", "9.4"));
        assertThat(vm.priceUsdHour()).isEqualTo(0.1);
        assertThat(vm.group()).isEqualTo("web");
    }

    @Test
    void emptyCells_areUnknown() {
        fleet.write("vms.csv", FleetDirectory.VMS + "c,,,,,,,,,,,,\n");

        Vm vm = fleet.read().vms().get(2).vm();
        assertThat(vm.name()).as("named after its id").isEqualTo("c");
        assertThat(vm.cloud()).isNull();
        assertThat(vm.os()).isNull();
        assertThat(vm.capacity().vcpu()).isNaN();
        assertThat(vm.priceUsdHour()).isNaN();
        Target target = fleet.read().targets().get(1);
        assertThat(target.capacity().diskIops()).isNaN();
        assertThat(target.priceUsdHour()).isNaN();
        assertThat(target.available()).as("unlimited").isNull();
    }

    @Test
    void usage_isTakenFromTheMachinesOwnSamples() {
        Fleet read = fleet.read();

        Usage cpu = Objects.requireNonNull(read.vms().get(0).usage(Resource.CPU));
        assertThat(cpu.mean()).isEqualTo(1.0);
        assertThat(cpu.max()).isEqualTo(1.5);
        Usage disk = Objects.requireNonNull(read.vms().get(0).usage(Resource.DISK_THROUGHPUT));
        assertThat(disk.samples()).as("one read cell is empty").isEqualTo(1);
        Usage network = Objects.requireNonNull(read.vms().get(1).usage(Resource.NETWORK));
        assertThat(network.max()).isEqualTo(0.3);
        assertThat(read.vms().get(0).usage(Resource.DISK_IOPS)).isNull();
    }

    @Test
    void machineWithoutSamples_hasNoUsage() {
        fleet.write("vms.csv", FleetDirectory.VMS + "c,c,,,,,1,1,,,,,\n");

        assertThat(fleet.read().vms().get(2).usage()).isEmpty();
    }

    @Test
    void redundancy_addsUpTheGroupsPeaks_andIsUnknownWhenOneMemberIs() {
        List<Redundancy> web = fleet.read().vms().get(0).redundancy();

        assertThat(web).extracting(Redundancy::members).containsOnly(2);
        assertThat(web.get(0).resource()).isEqualTo(Resource.CPU);
        assertThat(web.get(0).groupPeak()).isEqualTo(1.5 + 2);

        fleet.write("vms.csv", FleetDirectory.VMS + "c,c,,,,,1,1,,,,web,\n");
        assertThat(fleet.read().vms().get(0).redundancy().get(0).members()).isEqualTo(3);
        assertThat(fleet.read().vms().get(0).redundancy().get(0).groupPeak()).isNaN();
    }

    @Test
    void modulesAndSlas_belongToTheirMachine() {
        fleet.write("modules.csv", FleetDirectory.MODULES).write("slas.csv", FleetDirectory.SLAS);

        Fleet read = fleet.read();
        assertThat(read.vms().get(0).modules().get(0).requires())
                .extracting(Requirement::text)
                .containsExactly("vcpu>=2", "feature=selinux");
        assertThat(read.vms().get(0).modules().get(0).requires().get(0).source())
                .isEqualTo("module postgresql 16.4");
        Sla sla = Objects.requireNonNull(read.vms().get(0).sla());
        assertThat(sla.minAvailability()).isEqualTo(0.9995);
        assertThat(sla.maxPriceUsdMonth()).isNaN();
        assertThat(sla.allowedClouds()).containsExactly("aurora", "borealis");
        assertThat(sla.window()).isEqualTo("sat 02:00-06:00");
        assertThat(read.vms().get(1).sla()).isNull();
    }

    @Test
    void pricing_isHourlyWithoutAFile_andReadFromOne() {
        assertThat(fleet.read().pricing()).isEqualTo(Pricing.HOURLY);

        fleet.write("pricing.yaml", "model: consumption\nusd_per_vcpu_hour: 0.03\nusd_per_gib_hour: 0.004\n");
        Pricing pricing = fleet.read().pricing();
        assertThat(pricing.model()).isEqualTo(Pricing.Model.CONSUMPTION);
        assertThat(pricing.usdPerVcpuHour()).isEqualTo(0.03);
        assertThat(pricing.usdPerStorageGibHour()).isNaN();
    }

    @Test
    void columns_inAnyOrder_andUnknownOnesAsTags() {
        fleet.write("vms.csv", """
                owner,tags,id,memory_gib,name,cloud,rack note,region,type,arch,features,vcpu,network_gbps,os,price_usd_hour,group
                shop,env=prod;critical,a,8,Alpha,,left,,,,SELinux;tpm,2,,,,
                shop,,b,8,Beta,,,,,,,2,,,,
                """);

        Vm vm = fleet.read().vms().get(0).vm();
        assertThat(vm.tags())
                .containsEntry("env", "prod")
                .containsEntry("critical", "true")
                .containsEntry("rack note", "left")
                .hasSize(3);
        assertThat(vm.features()).containsExactly("selinux", "tpm");
        assertThat(fleet.read().vms().get(1).vm().tags()).isEmpty();
    }

    @Test
    void machineTarget_isASingleSlot() {
        fleet.write("targets.csv", """
                id,cloud,region,type,arch,vcpu,memory_gib,storage_gib,network_gbps,disk_mbps,disk_iops,gpu,os,burstable,price_usd_hour,kind,available
                m,aurora,north-1,,x86_64,8,32,,,,,,linux,,0.1,machine,
                c,aurora,north-1,,x86_64,8,32,,,,,,linux,,0.1,class,3
                """);

        List<Target> targets = fleet.read().targets();
        assertThat(targets.get(0).kind()).isEqualTo(Target.Kind.MACHINE);
        assertThat(targets.get(0).available()).isEqualTo(1);
        assertThat(targets.get(0).burstable()).isNull();
        assertThat(targets.get(1).available()).isEqualTo(3);
    }

    @Test
    void byteOrderMarkAndWindowsLineEnds_changeNothing() {
        Fleet plain = fleet.read();

        for (String name : List.of("vms.csv", "targets.csv", "usage.csv")) {
            String text = name.equals("vms.csv")
                    ? FleetDirectory.VMS
                    : name.equals("targets.csv") ? FleetDirectory.TARGETS : FleetDirectory.USAGE;
            fleet.write(name, "\uFEFF" + text.replace("\n", "\r\n"));
        }
        assertThat(fleet.read()).isEqualTo(plain);
    }

    @Test
    void compressedUsage_givesTheSameFleet() {
        Fleet plain = fleet.read();

        fleet.gzipUsage(FleetDirectory.USAGE.getBytes(StandardCharsets.UTF_8));
        assertThat(fleet.read()).isEqualTo(plain);
    }

    @Test
    void quotesBlanksAndUmlauts_areRead() {
        fleet.write(
                "vms.csv",
                FleetDirectory.VMS
                        .replace("Alpha", "\"Alpha, the \"\"first\"\"\"")
                        .replace("Beta", " Bêta 漢字 😀 "));

        assertThat(fleet.read().vms())
                .extracting(facts -> facts.vm().name())
                .containsExactly("Alpha, the \"first\"", "Bêta 漢字 😀");
    }

    @Test
    void progress_reachesTheSizeOfEachFile() {
        List<String> done = new ArrayList<>();
        new FleetReader(IntakeLimits.DEFAULT, (file, bytes, total) -> {
                    if (bytes == total) {
                        done.add(file);
                    }
                })
                .read(directory);

        assertThat(done).contains("vms.csv", "targets.csv", "usage.csv");
    }

    @Test
    void scan_countsWhatReadReads() {
        assertThat(UsageScan.scan(directory, IntakeLimits.DEFAULT)).isEqualTo(new UsageScan(4, 2, 3));
    }
}
