package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.fact.Capacity;
import io.regrade.fact.Vm;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.pipeline.PolicyChoice.Rule;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.TrustedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private final CountingCompiler compiler = new CountingCompiler();
    private final ReadyPolicy first = compiler.version("standard", "one");
    private Policies policies = policies(2, PolicyChoice.of("standard"), StoredVersions.NONE, first);

    private Policies policies(int kept, PolicyChoice choice, StoredVersions stored, ReadyPolicy... active) {
        return new Policies(List.of(active), new LoadedPolicies(compiler), choice, stored, kept);
    }

    @AfterEach
    void everything_isClosedInTheEnd() {
        policies.close();
        assertThat(compiler.open()).isZero();
    }

    private static Vm vm(String id, @Nullable String owner, Map<String, String> tags) {
        return new Vm(id, id, null, null, null, null, Capacity.UNKNOWN, null, Set.of(), 0.1, null, owner, tags);
    }

    @Test
    void find_takesANameAndADigestThatMayBeCut() {
        String digest = first.ref().digest();

        assertThat(policies.find(null)).isSameAs(first);
        assertThat(policies.find("standard")).isSameAs(first);
        assertThat(policies.find("standard@" + digest)).isSameAs(first);
        assertThat(policies.find("standard@" + digest.substring(0, 15))).isSameAs(first);
        assertThatThrownBy(() -> policies.find("standard@" + digest.substring(0, 14)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("`standard` has no version `" + digest.substring(0, 14) + "` here. Maybe `" + digest + "`");
        assertThatThrownBy(() -> policies.find("standart"))
                .hasMessage("`standart` is not a policy here. Maybe `standard`");
    }

    @Test
    void activate_letsTheNewVersionDecide_andWhatIsUnderWayEndsWithTheOldOne() {
        ReadyPolicy second = compiler.version("standard", "two");
        ReadyPolicy third = compiler.version("standard", "three");
        PolicyLease underWay = policies.lease(null);
        PolicySelection selection = policies.select(null);

        assertThat(policies.activate(second)).isTrue();
        assertThat(policies.activate(second)).isFalse();

        assertThat(underWay.policy()).isSameAs(first);
        assertThat(selection.of(vm("a", null, Map.of()))).isSameAs(first);
        assertThat(policies.find(null)).isSameAs(second);
        assertThat(policies.find("standard@" + first.ref().digest())).isSameAs(first);
        assertThat(policies.activate(third)).isTrue();
        assertThat(policies.versions("standard").orElseThrow().before()).containsExactly(second.ref());
        underWay.close();
        underWay.close();
        assertThat(compiler.open()).as("the first is in use").isEqualTo(3);
        selection.close();
        assertThat(compiler.open())
                .as("the first is closed when its last user is done")
                .isEqualTo(2);
    }

    @Test
    void rollback_letsTheVersionBeforeDecide_andThereMustBeOne() {
        ReadyPolicy second = compiler.version("standard", "two");

        assertThatThrownBy(() -> policies.rollback("standard"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("`standard` has no version to go back to: none was active before");
        policies.activate(second);

        assertThat(policies.rollback("standard")).isSameAs(first);
        assertThat(policies.find(null)).isSameAs(first);
        assertThat(policies.find("standard@" + second.ref().digest())).isSameAs(second);
    }

    @Test
    void activate_ofAVersionThatIsLoaded_usesThatAndClosesTheOther() {
        policies.activate(compiler.version("standard", "two"));

        assertThat(policies.activate(compiler.version("standard", "one"))).isTrue();

        assertThat(policies.find(null)).isSameAs(first);
        assertThat(compiler.open()).isEqualTo(2);
    }

    @Test
    void aPinnedVersion_thatIsStored_isLoadedOnceAndKeptForTheNextWhoAsks() {
        SortedMap<String, String> files = CountingCompiler.files("standard", "old");
        String digest = PolicyReader.digest(files);
        policies.close();
        policies = policies(
                2,
                PolicyChoice.of("standard"),
                new StoredVersions(
                        asked -> digest.startsWith(asked)
                                ? Optional.of(new Contents(digest, files, null))
                                : Optional.empty(),
                        TrustedKeys.ANY),
                compiler.version("standard", "one"));
        int before = compiler.compiled();

        for (int i = 0; i < 3; i++) {
            try (PolicySelection selection = policies.select("standard@" + digest.substring(7, 17))) {
                assertThat(selection.of(vm("a", null, Map.of())).ref().digest()).isEqualTo(digest);
            }
        }

        assertThat(compiler.compiled() - before).isEqualTo(1);
        assertThat(policies.find(null).ref().digest()).isNotEqualTo(digest);
    }

    @Test
    void aCanary_decidesItsShareOfTheMachines_andTheSameOnesWhileItGrows() {
        ReadyPolicy second = compiler.version("standard", "two");
        Set<String> before = new TreeSet<>();
        for (int share : List.of(0, 10, 30, 100)) {
            try (PolicyLease canary = policies.adopted(compiler.version("standard", "two"))) {
                policies.tryOut(canary, new VmShare(share));
            }
            Set<String> now = new TreeSet<>();
            try (PolicySelection selection = policies.select(share == 10 ? "standard" : null)) {
                for (int i = 0; i < 2000; i++) {
                    if (selection.of(vm("vm-" + i, null, Map.of())).ref().equals(second.ref())) {
                        now.add("vm-" + i);
                    }
                }
            }
            assertThat(now).containsAll(before);
            assertThat(now.size()).isBetween(share * 17, share * 23);
            before = now;
        }
        assertThat(policies.find(null)).as("the name alone is the active one").isSameAs(first);
        policies.withdraw("standard");
        try (PolicySelection selection = policies.select(null)) {
            assertThat(selection.of(vm("vm-1", null, Map.of()))).isSameAs(first);
        }
        second.close();
    }

    @Test
    void aPolicy_isChosenByTheRequest_orTheTag_orARule_orIsTheDefault() {
        policies.close();
        policies = policies(
                2,
                new PolicyChoice(
                        "standard",
                        List.of(
                                new Rule("env", "prod", "payments", "frozen"),
                                new Rule("env", "prod", null, "careful"),
                                new Rule(null, null, "research", "bold"),
                                new Rule(null, null, "nobody", "not-there"))),
                StoredVersions.NONE,
                compiler.version("standard", "s"),
                compiler.version("careful", "c"),
                compiler.version("frozen", "f"),
                compiler.version("bold", "b"));
        List<String> chosen = new ArrayList<>();
        try (PolicySelection selection = policies.select(null)) {
            for (Vm vm : List.of(
                    vm("1", "payments", Map.of("env", "prod")),
                    vm("2", "research", Map.of("env", "prod")),
                    vm("3", "research", Map.of("env", "test")),
                    vm("4", "research", Map.of("policy", "careful")),
                    vm("5", null, Map.of("policy", "no-such-policy")),
                    vm("6", "nobody", Map.of()))) {
                chosen.add(selection.of(vm).ref().name());
            }
        }
        assertThat(chosen).containsExactly("frozen", "careful", "bold", "careful", "standard", "standard");
        try (PolicySelection selection = policies.select("bold")) {
            assertThat(selection
                            .of(vm("1", "payments", Map.of("env", "prod")))
                            .ref()
                            .name())
                    .isEqualTo("bold");
        }
    }

    @Test
    void anAssignment_thatWasWrittenDown_decidesAsItDid_whateverIsActiveNow() {
        ReadyPolicy second = compiler.version("standard", "two");
        try (PolicyLease canary = policies.adopted(second)) {
            policies.tryOut(canary, new VmShare(40));
        }
        Assignment written;
        try (PolicySelection selection = policies.select(null)) {
            written = AssignmentJson.read(AssignmentJson.write(selection.assignment()));
            assertThat(written).isEqualTo(selection.assignment());
        }
        policies.activate(second);

        try (PolicySelection resumed = policies.resume(written)) {
            for (int i = 0; i < 50; i++) {
                boolean canary = new VmShare(40).has(second.ref().digest(), "vm-" + i);
                assertThat(resumed.of(vm("vm-" + i, null, Map.of()))).isSameAs(canary ? second : first);
            }
        }
    }

    @Test
    void aShare_isAPercentage() {
        assertThatThrownBy(() -> new VmShare(101)).hasMessageContaining("it is in percent, 0 to 100");
        assertThatThrownBy(() -> new VmShare(Double.NaN)).isInstanceOf(RefusedException.class);
        assertThat(VmShare.place("sha256:00", "vm-1")).isBetween(0.0, 100.0);
    }
}
