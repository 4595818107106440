package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.policy.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyDirectoryTest {

    private final CountingCompiler compiler = new CountingCompiler();

    @TempDir
    private Path directory;

    private void policy(String place, String name) throws IOException {
        Files.createDirectories(directory.resolve(place));
        Files.writeString(directory.resolve(place).resolve("policy.yaml"), "name: " + name + "\ndescription: a test\n");
    }

    @Test
    void load_ofADirectoryOfPolicies_loadsEach() throws IOException {
        policy("b", "careful");
        policy("a", "standard");
        List<ReadyPolicy> loaded = PolicyDirectory.load(directory, "careful", compiler);
        assertThat(loaded).extracting(policy -> policy.ref().name()).containsExactly("standard", "careful");
        loaded.forEach(ReadyPolicy::close);
    }

    @Test
    void load_ofOnePolicy_loadsIt_alsoThroughALink() throws IOException {
        policy("a", "standard");
        Files.createSymbolicLink(directory.resolve("current"), directory.resolve("a"));
        for (String place : List.of("a", "current")) {
            List<ReadyPolicy> loaded = PolicyDirectory.load(directory.resolve(place), "standard", compiler);
            assertThat(loaded).hasSize(1);
            loaded.forEach(ReadyPolicy::close);
        }
    }

    @Test
    void load_thatFails_saysWhyAndLeavesNothingOpen() throws IOException {
        policy("a", "standard");
        assertThatThrownBy(() -> PolicyDirectory.load(directory, "standart", compiler))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("there is no policy `standart`. Maybe `standard`");
        policy("b", "standard");
        assertThatThrownBy(() -> PolicyDirectory.load(directory, "standard", compiler))
                .hasMessageContaining("two policies have one name");
        Files.writeString(directory.resolve("b/policy.yaml"), "name: [\n");
        assertThatThrownBy(() -> PolicyDirectory.load(directory, "standard", compiler))
                .hasMessageContaining(directory.resolve("b/policy.yaml").toString() + ":");
        assertThatThrownBy(() -> PolicyDirectory.load(directory.resolve("nowhere"), "standard", compiler))
                .hasMessageContaining("there is no such directory");
        assertThat(compiler.open()).isZero();
    }
}
