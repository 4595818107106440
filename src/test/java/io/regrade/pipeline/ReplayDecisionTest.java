package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.RuleSession;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.ledger.Evidence;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayDecisionTest {

    @TempDir
    static Path shared;

    private static DecidedFleet decided;
    private static ReplayDecision replays;

    @BeforeAll
    static void decide() throws Exception {
        decided = DecidedFleet.of(shared.resolve("fleet"), 3, 20, 60);
        replays = new ReplayDecision(decided.past());
    }

    @AfterAll
    static void close() {
        decided.close();
    }

    @Test
    void replay_ofWhatWasStored_isEqual() {
        assertThat(decided.run()).hasSize(20).allSatisfy(evidence -> {
            Replay replay = replays.replay(evidence, null);
            assertThat(replay.isEqual()).isTrue();
            assertThat(replay.differences()).isEmpty();
            assertThat(replay.samePolicy()).isTrue();
            assertThat(replay.then()).isEqualTo(replay.now());
            assertThat(replay.decision())
                    .isEqualTo(evidence.decision().get("id").asText());
        });
    }

    @Test
    void replay_ofAnExportedDocument_isEqual() {
        byte[] document =
                EvidenceJson.write(decided.run().get(0)).toPrettyString().getBytes(UTF_8);

        Evidence read = EvidenceJson.read(document);

        assertThat(read.facts()).isEqualTo(decided.run().get(0).facts());
        assertThat(read.catalog()).isEqualTo(decided.run().get(0).catalog());
        assertThat(replays.replay(read, null).isEqual()).isTrue();
    }

    @Test
    void replay_ofADecisionThatWasChanged_namesEachDifference() {
        Evidence stored = decided.run().get(0);
        ObjectNode changed = stored.decision().deepCopy();
        changed.put("why", "because");
        changed.remove("considered");
        changed.withArray("fired").add("a/b~c");
        changed.putObject("more~/").put("x", 1);

        Replay replay = replays.replay(with(stored, changed), null);

        assertThat(replay.isEqual()).isFalse();
        assertThat(replay.differences())
                .extracting(Replay.Difference::pointer)
                .containsExactlyInAnyOrder(
                        "/why", "/considered", "/fired/" + (changed.get("fired").size() - 1), "/more~0~1");
        assertThat(replay.differencesInAll()).isEqualTo(4);
        assertThat(replay.json().at("/differences/2/then").isMissingNode()
                        || replay.json().at("/differences/2/now").isMissingNode())
                .isTrue();
        assertThat(replay.then().digest()).isNotEqualTo(replay.now().digest());
    }

    @Test
    void replay_byAnotherPolicy_leavesIdAndPolicyAside() {
        SortedMap<String, String> files =
                new TreeMap<>(decided.policy().bundle().written());
        files.put("README.md", "No rule has changed.");
        try (ReadyPolicy renamed = ReadyPolicy.of(PolicyReader.of(files), new DroolsCompiler())) {
            Replay replay = replays.replay(decided.run().get(0), renamed);
            assertThat(replay.samePolicy()).isFalse();
            assertThat(replay.isEqual()).isTrue();
            assertThat(replay.now().policy().digest())
                    .isEqualTo(renamed.bundle().digest());
        }
        try (ReadyPolicy other = ReadyPolicy.of(PolicyReader.of(Policies.small()), new DroolsCompiler())) {
            Replay replay = replays.replay(decided.run().get(0), other);
            assertThat(replay.isEqual()).isFalse();
            assertThat(replay.now().action()).isEqualTo("keep");
            assertThat(replay.now().policy().name()).isEqualTo("small");
            assertThat(replay.differences())
                    .extracting(Replay.Difference::pointer)
                    .contains("/why")
                    .doesNotContain("/id", "/policy/name");
        }
    }

    @Test
    void evidence_thatIsNotWhatItsDigestSays_isRefusedByName() {
        Evidence stored = decided.run().get(0);
        byte[] facts = new String(stored.facts(), UTF_8)
                .replace("\"vcpu\":", "\"vcpu\":1")
                .getBytes(UTF_8);
        byte[] catalog = new String(stored.catalog(), UTF_8)
                .replaceFirst("price_usd_hour\":0", "price_usd_hour\":1")
                .getBytes(UTF_8);
        SortedMap<String, String> files = new TreeMap<>(stored.policyFiles());
        files.put("policy.yaml", files.get("policy.yaml") + "\n# more");

        refused(
                evidence(stored, facts, stored.policyFiles(), stored.catalog(), DecidedFleet.TIME.at()),
                "the facts of the evidence");
        refused(
                evidence(stored, stored.facts(), files, stored.catalog(), DecidedFleet.TIME.at()),
                "the policy of the evidence");
        refused(
                evidence(stored, stored.facts(), stored.policyFiles(), catalog, DecidedFleet.TIME.at()),
                "the catalogue is not");
        refused(
                evidence(
                        stored,
                        stored.facts(),
                        stored.policyFiles(),
                        stored.catalog(),
                        DecidedFleet.TIME.at().plusMillis(1)),
                "the time of the evidence");
        refused(with(stored, stored.decision().deepCopy().put("vm", "other")), "the machine of the evidence");
        refused(with(stored, stored.decision().deepCopy().put("id", "0")), "the catalogue is not");
    }

    @Test
    void documents_thatAreNoEvidence_areRefusedByName() {
        ObjectNode document = EvidenceJson.write(decided.run().get(0));
        for (String part : List.of("decision", "facts", "policy", "catalogue")) {
            ObjectNode without = document.deepCopy();
            without.remove(part);
            assertThatThrownBy(() -> EvidenceJson.read(without))
                    .isInstanceOf(EvidenceException.class)
                    .hasMessageStartingWith("`" + part + "` is missing");
        }
        assertThatThrownBy(() -> EvidenceJson.read("{\n]".getBytes(UTF_8))).hasMessage("this is not JSON: line 2");
    }

    @Test
    void policies_areCompiledOnceAndGivenBack() {
        AtomicInteger compiled = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        RuleCompiler counting = bundle -> {
            compiled.incrementAndGet();
            return new Counted(decided.policy().rules(), closed);
        };
        LoadedPolicies ownPolicies = new LoadedPolicies(counting);
        PastEvaluations own = new PastEvaluations(ownPolicies);
        ReplayDecision replayed = new ReplayDecision(own);

        decided.run()
                .forEach(evidence ->
                        assertThat(replayed.replay(evidence, null).isEqual()).isTrue());

        assertThat(compiled).hasValue(1);
        PastEvaluations.Reopened inUse = own.open(decided.run().get(0), null);
        ownPolicies.close();
        assertThat(closed).as("while it is in use").hasValue(0);
        inUse.close();
        assertThat(closed).hasValue(1);
    }

    private record Counted(CompiledRules rules, AtomicInteger closed) implements CompiledRules {

        @Override
        public RuleSession open() {
            return rules.open();
        }

        @Override
        public int size() {
            return rules.size();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static void refused(Evidence evidence, String message) {
        assertThatThrownBy(() -> replays.replay(evidence, null))
                .isInstanceOf(EvidenceException.class)
                .hasMessageStartingWith(message);
    }

    private static Evidence with(Evidence stored, ObjectNode decision) {
        return new Evidence(
                decision, stored.facts(), stored.policyFiles(), stored.catalog(), stored.decidedAt(), stored.engine());
    }

    private static Evidence evidence(
            Evidence stored, byte[] facts, SortedMap<String, String> files, byte[] catalog, Instant time) {
        return new Evidence(stored.decision(), facts, files, catalog, time, stored.engine());
    }
}
