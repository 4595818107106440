package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.drools.DroolsCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        Services services = new Services(Path.of(""), new DroolsCompiler(), new NoServer(), Clock.systemUTC());
        return RegradeCommand.commandLine(services)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    @Test
    void whatIsFound_isPrintedWithItsPlace() throws IOException {
        String file = file("shop", "#!/bin/sh\nexec java -Xmx4g\n");

        assertThat(run("analyze", file, "--format", "csv")).isEqualTo(ExitCode.DONE);

        assertThat(out.toString()).isEqualTo("""
                place,format,kind,subject,fact
                %1$s:2,start-script,module,shop,
                %1$s:2,start-script,requires,shop,memory_gib>=4
                """.formatted(file));
    }

    @Test
    void aFileThatCannotBeRead_isTold_andTheOthersArePrinted() throws IOException {
        file("a.xml", "<domain>\n<name></domain>");
        file("b.service", "[Service]\nMemoryMin=1G\n");

        assertThat(run("analyze", directory.toString(), "--format", "ndjson")).isEqualTo(ExitCode.INPUT);

        assertThat(err.toString()).startsWith(directory + "/a.xml:2: this is not well-formed XML");
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(out.toString()).contains("\"requires\":\"memory_gib>=1\"", "\"refused\":{");
    }

    @Test
    void aSummary_countsFormatsAndReasons() throws IOException {
        file("a.txt", "nothing of interest");
        file("b.service", "[Service]\n");

        assertThat(run("analyze", "--summary", directory.toString(), "--format", "csv"))
                .isEqualTo(ExitCode.INPUT);

        assertThat(out.toString()).contains("read,1,systemd\n", "refused,1,");
    }

    @Test
    void conflicts_areToldBesideAMachineOfAFleet_withItsManifests() throws IOException {
        file("vms.csv", """
                id,name,cloud,region,type,arch,vcpu,memory_gib,network_gbps,os,price_usd_hour,group,owner
                web-1,web-1,,,,,,,,,,,
                """);
        file("targets.csv", """
                id,cloud,region,type,arch,vcpu,memory_gib,storage_gib,network_gbps,disk_mbps,disk_iops,gpu,os,burstable,price_usd_hour
                """);
        file("usage.csv", """
                timestamp,vm,cpu_vcpu,memory_gib,disk_read_mbps,disk_write_mbps,net_rx_mbps,net_tx_mbps
                2024-05-01T00:00:00Z,web-1,3,6.1,1,2,100,200
                """);
        Files.createDirectory(directory.resolve("manifests"));
        file("manifests/web-1.vmx", "config.version = \"8\"\nnumvcpus = \"4\"\nmemSize = \"16384\"\n");
        String order = file("order.vmx", "config.version = \"8\"\nnumvcpus = \"4\"\nmemSize = \"32768\"\n");

        int code = run("analyze", order, "--fleet", directory.toString(), "--vm", "web-1", "--format", "csv");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .contains(order + ":3,vmx,conflict,,\"declares 32 GiB, the machine has 16 GiB\"")
                .contains(order + ":3,vmx,conflict,,\"declares 32 GiB, never above 6.1 GiB in ")
                .doesNotContain(":2,vmx,conflict");
    }

    @Test
    void aMachineWithoutItsFleet_isWrongUsage() throws IOException {
        assertThat(run("analyze", file("a", "x"), "--vm", "web-1")).isEqualTo(ExitCode.INPUT);
        assertThat(err.toString()).contains("`--fleet` and `--vm` go together");
    }
}
