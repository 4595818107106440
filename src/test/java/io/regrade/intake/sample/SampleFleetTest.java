package io.regrade.intake.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFleetTest {

    private static final Instant END = Instant.parse("2024-06-01T00:00:00Z");

    @TempDir
    Path directory = Path.of("");

    private Fleet demo() throws IOException {
        SampleFleet.write(directory, SampleFleet.Options.demo(END));
        return new FleetReader().read(directory);
    }

    private static VmFacts vm(Fleet fleet, String id) {
        return fleet.vms().stream()
                .filter(facts -> facts.vm().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Usage usage(Fleet fleet, String id, Resource resource) {
        return Objects.requireNonNull(vm(fleet, id).usage(resource));
    }

    @Test
    void demo_isReadWithoutAProblem_andHasWhatItPromises() throws IOException {
        Fleet fleet = demo();

        assertThat(fleet.vms()).hasSize(60);
        assertThat(fleet.targets()).hasSize(200);
        assertThat(fleet.targets()).extracting(Target::cloud).contains("aurora", "borealis", "cirrus");
        assertThat(fleet.targets())
                .filteredOn(target -> target.kind() == Target.Kind.MACHINE)
                .hasSize(8);
        assertThat(fleet.targets()).anyMatch(target -> !target.capacity().knows(Resource.DISK_IOPS));
        assertThat(fleet.targets()).anyMatch(target -> target.features().contains("selinux"));
        assertThat(fleet.targets()).noneMatch(target -> target.features().contains("nested-virt"));
        assertThat(fleet.targets()).anyMatch(target -> Boolean.TRUE.equals(target.burstable()));
    }

    @Test
    void archetypes_behaveAsTheirNamesSay() throws IOException {
        Fleet fleet = demo();

        assertThat(usage(fleet, "idle-1", Resource.CPU).p99()).isLessThan(0.1);
        assertThat(usage(fleet, "idle-3", Resource.CPU).windowDays())
                .as("started lately")
                .isEqualTo(0.5);
        assertThat(usage(fleet, "leak-1", Resource.MEMORY).trendPerDay()).isBetween(0.2, 0.3);
        assertThat(usage(fleet, "steady-1", Resource.MEMORY).trendPerDay()).isBetween(-0.01, 0.01);
        assertThat(usage(fleet, "batch-1", Resource.CPU).p50()).isLessThan(1);
        assertThat(usage(fleet, "batch-1", Resource.CPU).p99()).isGreaterThan(7);
        assertThat(usage(fleet, "cpu-starved-1", Resource.CPU).p99()).isGreaterThan(1.9);
        assertThat(vm(fleet, "quiet-network-1").usage(Resource.DISK_THROUGHPUT)).isNull();
        assertThat(vm(fleet, "web-a-1").redundancy())
                .hasSize(2)
                .allSatisfy(group -> assertThat(group.members()).isEqualTo(3));
        assertThat(vm(fleet, "unhardened-1").modules().get(0).requires().get(0).text())
                .isEqualTo("feature=selinux");
        assertThat(vm(fleet, "unhardened-1").vm().features()).isEmpty();
    }

    /** These digests hold on every machine and JDK. A change of the generator changes them on purpose. */
    @Test
    void equalOptions_giveEqualFilesEverywhere() throws IOException {
        SampleFleet.write(directory, new SampleFleet.Options(7, 20, 50, 3, 30, END));

        assertThat(List.of(
                        digest(Files.newInputStream(directory.resolve("vms.csv"))),
                        digest(Files.newInputStream(directory.resolve("targets.csv"))),
                        digest(new GZIPInputStream(Files.newInputStream(directory.resolve("usage.csv.gz"))))))
                .containsExactly("0ac860afa9f3c8d8", "7819494e1e489be8", "b3f5afc7e08f175b");
    }

    private static String digest(InputStream in) throws IOException {
        try (DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(digested.getMessageDigest().digest())
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void targets_areAsManyAsAsked_andDiffer() {
        List<Target> targets = SampleFleet.targets(20_000, 1);

        assertThat(targets).hasSize(20_000);
        assertThat(targets.stream().map(Target::id).distinct()).hasSize(20_000);
        assertThat(targets.stream().map(Target::priceUsdHour).distinct().count())
                .isGreaterThan(10_000);
        assertThat(targets).allMatch(target -> target.priceUsdHour() > 0);
    }
}
