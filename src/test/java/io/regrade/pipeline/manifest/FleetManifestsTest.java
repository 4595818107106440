package io.regrade.pipeline.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.fact.OperatingSystem;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetManifestsTest {

    private static final String DOMAIN = """
            <domain type='kvm'>
              <name>anything</name>
              <memory unit='GiB'>32</memory>
              <vcpu>8</vcpu>
              <os><type arch='aarch64'>hvm</type></os>
              <devices><tpm model='tpm-crb'/></devices>
            </domain>
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        write("vms.csv", """
                id,name,cloud,region,type,arch,vcpu,memory_gib,network_gbps,os,price_usd_hour,group,owner
                web-1,web-1,,,,,,16,,rhel-9.4,0.1,,
                db.local,db,,,,x86_64,4,16,,,0.2,,
                """);
        write("targets.csv", """
                id,cloud,region,type,arch,vcpu,memory_gib,storage_gib,network_gbps,disk_mbps,disk_iops,gpu,os,burstable,price_usd_hour
                """);
        write("usage.csv", """
                timestamp,vm,cpu_vcpu,memory_gib,disk_read_mbps,disk_write_mbps,net_rx_mbps,net_tx_mbps
                2024-05-01T00:00:00Z,web-1,0.5,6.1,1,2,100,200
                2024-05-02T00:00:00Z,web-1,1.5,4.5,,2,100,50
                """);
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Fleet joined() {
        return new FleetManifests(new AnalyzeManifests()).joined(new FleetReader().read(directory), directory);
    }

    @Test
    void aFile_addsToTheMachineItIsNamedAfter_onlyWhatIsUnknownOfIt() throws IOException {
        write("manifests/web-1.libvirt.xml", DOMAIN);

        VmFacts facts = joined().vms().get(0);

        assertThat(facts.vm().capacity().vcpu()).isEqualTo(8);
        assertThat(facts.vm().capacity().memoryGib()).isEqualTo(16);
        assertThat(facts.vm().arch()).isEqualTo("arm64");
        assertThat(facts.vm().os()).isEqualTo(OperatingSystem.parse("rhel-9.4"));
        assertThat(facts.vm().features()).containsExactly("tpm");
    }

    @Test
    void aDirectory_holdsSeveralManifestsOfOneMachine() throws IOException {
        write("manifests/db.local/a.service", "[Service]\nMemoryMin=2G\n");
        write("manifests/db.local/user-data", "#cloud-config\npackages: [postgresql, [redis, '7.2']]\n");

        assertThat(joined().vms().get(1).modules())
                .extracting(module -> module.name() + " " + module.version())
                .containsExactly("a.service null", "postgresql null", "redis 7.2");
    }

    @Test
    void whatIsOfNoMachine_orCannotBeRead_isReportedTogether() throws IOException {
        write("manifests/nobody.ovf", DOMAIN);
        write("manifests/web-1.xml", "<domain><memory>1</domain>");

        assertThatThrownBy(this::joined)
                .isInstanceOf(UnreadableManifestsException.class)
                .hasMessageContaining("nobody.ovf: the fleet has no machine of this name")
                .hasMessageContaining("web-1.xml:1: this is not well-formed XML");
    }

    @Test
    void conflicts_nameBothSidesAndThePlace() {
        VmFacts facts = new FleetReader().read(directory).vms().get(0);
        AnalyzeManifests manifests = new AnalyzeManifests();

        List<Conflict> conflicts = Conflicts.of(manifests.bytes("vm.xml", DOMAIN.getBytes()), facts);

        assertThat(conflicts)
                .extracting(one -> one.place() + " " + one.text().replaceAll(" in .*", ""))
                .containsExactly(
                        "vm.xml:4 declares 8 vCPU, never above 1.5 vCPU",
                        "vm.xml:3 declares 32 GiB, the machine has 16 GiB",
                        "vm.xml:3 declares 32 GiB, never above 6.1 GiB");
    }
}
