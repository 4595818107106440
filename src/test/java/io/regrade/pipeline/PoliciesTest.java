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
import java.util.List;
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

    private ReadyPolicy version(String name, String description) throws IOException {
        Path place = Files.createDirectories(directory.resolve(description));
        Files.writeString(place.resolve("policy.yaml"), "name: " + name + "\ndescription: " + description + "\n");
        return ReadyPolicy.load(place, compiler);
    }

    @Test
    void activate_letsTheNewVersionDecide_andWhatIsUnderWayEndsWithTheOldOne() throws IOException {
        ReadyPolicy first = version("standard", "one");
        ReadyPolicy second = version("standard", "two");
        ReadyPolicy third = version("standard", "three");
        try (Policies policies = new Policies(List.of(first), "standard", 2)) {
            PolicyLease underWay = policies.lease(null);
            assertThat(policies.activate(second)).isTrue();
            assertThat(policies.activate(second)).isFalse();
            assertThat(underWay.policy()).isSameAs(first);
            assertThat(policies.find(null)).isSameAs(second);
            assertThat(policies.find("standard@" + first.ref().digest())).isSameAs(first);
            assertThat(policies.activate(third)).isTrue();
            assertThat(policies.loaded()).containsExactly(third, second);
            assertThat(open).hasValue(3);
            underWay.close();
            underWay.close();
            assertThat(open)
                    .as("the first is closed when its last user is done")
                    .hasValue(2);
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void rollback_letsTheVersionBeforeDecide_andThereMustBeOne() throws IOException {
        ReadyPolicy first = version("standard", "one");
        ReadyPolicy second = version("standard", "two");
        try (Policies policies = new Policies(List.of(first), first)) {
            assertThatThrownBy(() -> policies.rollback("standard"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("`standard` has no version to go back to: none was active before");
            policies.activate(second);
            assertThat(policies.rollback("standard")).isSameAs(first);
            assertThat(policies.find(null)).isSameAs(first);
            assertThat(policies.find("standard@" + second.ref().digest())).isSameAs(second);
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void activate_ofAVersionThatIsLoaded_usesThatAndClosesTheOther() throws IOException {
        ReadyPolicy first = version("standard", "one");
        try (Policies policies = new Policies(List.of(first), first)) {
            policies.activate(version("standard", "two"));
            assertThat(policies.activate(version("standard", "one"))).isTrue();
            assertThat(policies.find(null)).isSameAs(first);
            assertThat(open).hasValue(2);
        }
    }
}
