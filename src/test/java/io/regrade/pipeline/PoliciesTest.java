package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.RuleSession;
import io.regrade.policy.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {

    private final AtomicInteger open = new AtomicInteger();
    private final RuleCompiler compiler = bundle -> {
        open.incrementAndGet();
        return new CompiledRules() {
            @Override
            public RuleSession open() {
                throw new IllegalStateException("no rules run here");
            }

            @Override
            public int size() {
                return 0;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    };

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
        try (Policies policies = Policies.load(directory, "careful", compiler)) {
            assertThat(policies.all())
                    .extracting(policy -> policy.bundle().name())
                    .containsExactly("careful", "standard");
            assertThat(policies.find(null).bundle().name()).isEqualTo("careful");
            assertThat(policies.find("standard").bundle().name()).isEqualTo("standard");
            String digest = policies.find("standard").bundle().digest();
            assertThat(policies.find("standard@" + digest)).isEqualTo(policies.find("standard"));
            assertThat(policies.find("standard@" + digest.substring(0, 15))).isEqualTo(policies.find("standard"));
            assertThatThrownBy(() -> policies.find("standard@" + digest.substring(0, 14)))
                    .isInstanceOf(RefusedException.class);
            assertThatThrownBy(() -> policies.find("careful@" + digest)).isInstanceOf(RefusedException.class);
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void load_ofOnePolicy_loadsIt() throws IOException {
        policy("a", "standard");
        try (Policies policies = Policies.load(directory.resolve("a"), "standard", compiler)) {
            assertThat(policies.all()).hasSize(1);
        }
    }

    @Test
    void load_thatFails_saysWhyAndLeavesNothingOpen() throws IOException {
        policy("a", "standard");
        assertThatThrownBy(() -> Policies.load(directory, "standart", compiler))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("there is no policy `standart`. Maybe `standard`");
        policy("b", "standard");
        assertThatThrownBy(() -> Policies.load(directory, "standard", compiler))
                .hasMessageContaining("two policies have one name");
        Files.writeString(directory.resolve("b/policy.yaml"), "name: [\n");
        assertThatThrownBy(() -> Policies.load(directory, "standard", compiler))
                .hasMessageContaining(directory.resolve("b/policy.yaml").toString() + ":");
        assertThatThrownBy(() -> Policies.load(directory.resolve("nowhere"), "standard", compiler))
                .hasMessageContaining("there is no such directory");
        assertThat(open).hasValue(0);
    }
}
