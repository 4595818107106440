package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A small fleet directory without problems, of which a test spoils what it is about. */
final class FleetDirectory {

    static final String VMS = """
            id,name,cloud,region,type,arch,vcpu,memory_gib,network_gbps,os,price_usd_hour,group,owner
            a,Alpha,aurora,north-1,g5.large,x86_64,2,8,1.6,rhel-9.4,0.1,web,shop
            b,Beta,aurora,north-1,g5.xlarge,x86_64,4,16,2.8,ubuntu-22.04,0.2,web,shop
            """;

    static final String TARGETS = """
            id,cloud,region,type,arch,vcpu,memory_gib,storage_gib,network_gbps,disk_mbps,disk_iops,gpu,os,burstable,price_usd_hour
            t1,aurora,north-1,g5.large,x86_64,2,8,200,1.6,300,5500,0,linux,false,0.1
            t2,aurora,north-1,b5.large,x86_64,2,8,200,1.6,300,,0,linux,true,
            """;

    static final String USAGE = """
            timestamp,vm,cpu_vcpu,memory_gib,disk_read_mbps,disk_write_mbps,net_rx_mbps,net_tx_mbps
            2024-05-01T00:00:00Z,a,0.5,4,1,2,100,200
            2024-05-01T00:05:00Z,a,1.5,4.5,,2,100,50
            2024-05-01T00:00:00Z,b,2,8,0,0,300,10
            """;

    static final String MODULES = """
            vm,name,version,requires
            a,postgresql,16.4,vcpu>=2;feature=selinux
            """;

    static final String SLAS = """
            vm,max_saturated_hours_month,min_availability,max_price_usd_month,allowed_clouds,allowed_regions,allowed_families,window
            a,2,0.9995,,aurora;borealis,,,sat 02:00-06:00
            """;

    private final Path directory;

    FleetDirectory(Path directory) {
        this.directory = directory;
        write("vms.csv", VMS);
        write("targets.csv", TARGETS);
        write("usage.csv", USAGE);
    }

    Path path() {
        return directory;
    }

    FleetDirectory write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    FleetDirectory write(String name, byte[] bytes) {
        try {
            Files.write(directory.resolve(name), bytes);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Replaces the plain usage file by a compressed one. */
    FleetDirectory gzipUsage(byte[] text) {
        remove("usage.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("usage.csv.gz")))) {
            out.write(text);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    FleetDirectory remove(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Fleet read() {
        return new FleetReader().read(directory);
    }

    /** The problems as they are shown, without the directory. */
    List<String> problems() {
        return problems(IntakeLimits.DEFAULT);
    }

    List<String> problems(IntakeLimits limits) {
        IntakeException refused = catchThrowableOfType(
                IntakeException.class, () -> new FleetReader(limits, FleetProgress.NONE).read(directory));
        return refused.problems().stream()
                .map(problem -> problem.toString().replace(directory + "/", ""))
                .toList();
    }
}
