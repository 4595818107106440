package io.regrade.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetProgress;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.sample.SampleFleet;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactReaderTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    private static JsonNode tree(byte[] canonical) throws Exception {
        return MAPPER.readTree(canonical);
    }

    @Test
    void whatWasWritten_isReadBackExactly_forAWholeFleet() throws Exception {
        SampleFleet.Options usual = SampleFleet.Options.demo(Instant.parse("2025-03-01T00:00:00Z"));
        SampleFleet.write(
                directory,
                new SampleFleet.Options(7, 120, usual.targets(), usual.days(), usual.sampleMinutes(), usual.end()));
        Fleet fleet = new FleetReader(IntakeLimits.DEFAULT, FleetProgress.NONE).read(directory);

        assertThat(fleet.vms()).hasSize(120);
        for (VmFacts facts : fleet.vms()) {
            byte[] written = CanonicalJson.bytes(FactJson.facts(facts));
            VmFacts read = FactReader.facts(tree(written));
            assertThat(read).isEqualTo(facts);
            assertThat(CanonicalJson.bytes(FactJson.facts(read))).isEqualTo(written);
        }
        for (Target target : fleet.targets()) {
            byte[] written = CanonicalJson.bytes(FactJson.target(target));
            assertThat(FactReader.target(tree(written))).isEqualTo(target);
        }
        assertThat(FactReader.pricing(tree(CanonicalJson.bytes(FactJson.pricing(fleet.pricing())))))
                .isEqualTo(fleet.pricing());
    }

    @Test
    void whatNobodyWrites_isRefused() throws Exception {
        assertThatThrownBy(() -> FactReader.facts(tree("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`id` is missing");
    }
}
