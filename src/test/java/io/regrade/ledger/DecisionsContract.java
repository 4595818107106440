package io.regrade.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.decision.FactJson;
import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.decision.PolicyRef;
import io.regrade.decision.Trace;
import io.regrade.fact.Action;
import io.regrade.fact.Capacity;
import io.regrade.fact.Choice;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Decisions.Filter;
import io.regrade.ledger.Decisions.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of decisions does; each adapter runs it. */
public abstract class DecisionsContract {

    protected static final Instant AT = Instant.parse("2025-03-01T00:00:00Z");
    public static final String DIGEST = "sha256:" + "0".repeat(64);

    private static final String CATALOGUE = "sha256:" + "1".repeat(64);

    private Decisions decisions;

    /** A store with nothing in it and room for a hundred at least. */
    protected abstract Decisions empty() throws Exception;

    @BeforeEach
    void make() throws Exception {
        decisions = empty();
    }

    /** An id as decisions have it. */
    protected static String id(String digit) {
        return "0".repeat(32 - digit.length()) + digit;
    }

    public static DecisionRecord record(String id, String vmId, Action action) {
        Vm vm = new Vm(vmId, vmId, null, null, null, null, Capacity.UNKNOWN, null, Set.of(), 0.1, null, null, Map.of());
        Trace trace = new Trace(
                List.of(new Firing(Phase.CHOOSE, "choose-keep", List.of(vm), List.of(Choice.keep("it fits")))));
        byte[] facts = CanonicalJson.bytes(FactJson.facts(new VmFacts(vm, List.of(), List.of(), null, List.of())));
        Decision decision = new Decision(
                id(id),
                vm,
                action,
                "it fits",
                null,
                null,
                73,
                0,
                List.of(),
                List.of(),
                0,
                List.of(),
                List.of(),
                trace,
                new PolicyRef("standard", DIGEST),
                CanonicalJson.digest(facts),
                List.of(),
                AT);
        Provenance made = new Provenance(
                decision.policy(),
                new TreeMap<>(Map.of("policy.yaml", "name: standard\n")),
                CATALOGUE,
                () -> "{}".getBytes(UTF_8),
                "regrade/test");
        return new DecisionRecord(decision, facts, made, new Asker("test", null, null), null, false);
    }

    protected static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Query query(@Nullable String vm, @Nullable Action action, @Nullable String cursor, int limit) {
        return new Query(Filter.of(vm, action), cursor, limit, Detail.NONE);
    }

    private List<String> ids(Page<ObjectNode> page) {
        return page.items().stream()
                .map(node -> node.get("id").asText().replaceFirst("^0+", ""))
                .toList();
    }

    @Test
    void byId_givesWhatWasSaved_inTheDetailAskedFor() {
        DecisionRecord record = record("1", "a", Action.KEEP);
        join(decisions.save(List.of(record)));

        for (Detail detail : Detail.values()) {
            assertThat(join(decisions.byId(id("1"), detail)))
                    .hasValueSatisfying(found -> assertThat(CanonicalJson.bytes(found))
                            .isEqualTo(CanonicalJson.bytes(DecisionJson.decision(record.decision(), detail))));
        }
        assertThat(join(decisions.byId(id("2"), Detail.NONE))).isEmpty();
        assertThat(join(decisions.byId("no id", Detail.NONE))).isEmpty();
    }

    @Test
    void save_ofTheSameId_changesNothing() {
        join(decisions.save(List.of(record("1", "a", Action.KEEP), record("2", "b", Action.KEEP))));
        join(decisions.save(List.of(record("1", "a", Action.KEEP))));

        assertThat(ids(join(decisions.list(query(null, null, null, 10))))).containsExactly("2", "1");
    }

    @Test
    void list_isNewestFirst_inPages_alsoWhileDecisionsCome() {
        for (int i = 1; i <= 5; i++) {
            join(decisions.save(List.of(record(String.valueOf(i), "a", Action.KEEP))));
        }
        Page<ObjectNode> first = join(decisions.list(query(null, null, null, 2)));
        join(decisions.save(List.of(record("6", "a", Action.KEEP))));
        Page<ObjectNode> second = join(decisions.list(query(null, null, first.next(), 2)));
        Page<ObjectNode> third = join(decisions.list(query(null, null, second.next(), 2)));

        List<String> all = new ArrayList<>(ids(first));
        all.addAll(ids(second));
        all.addAll(ids(third));
        assertThat(all).containsExactly("5", "4", "3", "2", "1");
        assertThat(third.next()).isNull();
        assertThat(join(decisions.list(query(null, null, null, 6))).next()).isNull();
    }

    @Test
    void list_byMachineAndAction() {
        join(decisions.save(List.of(
                record("1", "a", Action.KEEP),
                record("2", "b", Action.INSTANTIATE),
                record("3", "a", Action.INSTANTIATE),
                record("4", "a", Action.INSTANTIATE))));

        assertThat(ids(join(decisions.list(query("a", null, null, 10))))).containsExactly("4", "3", "1");
        assertThat(ids(join(decisions.list(query(null, Action.INSTANTIATE, null, 10)))))
                .containsExactly("4", "3", "2");
        Page<ObjectNode> first = join(decisions.list(query("a", Action.INSTANTIATE, null, 1)));
        assertThat(ids(first)).containsExactly("4");
        assertThat(ids(join(decisions.list(query("a", Action.INSTANTIATE, first.next(), 1)))))
                .containsExactly("3");
    }

    @Test
    void list_withAnotherListsCursor_isRefused() {
        assertThatThrownBy(() -> join(decisions.list(query(null, null, Cursors.of('v', "1"), 1))))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InvalidCursorException.class);
        assertThatThrownBy(() -> join(decisions.list(query(null, null, Cursors.of('d', "x"), 1))))
                .hasCauseInstanceOf(InvalidCursorException.class);
    }

    @Test
    void list_byWhatElseIsKnown() {
        join(decisions.save(List.of(record("1", "a", Action.KEEP))));

        assertThat(ids(join(decisions.list(filtered("choose-keep", null, null)))))
                .containsExactly("1");
        assertThat(ids(join(decisions.list(filtered("no-such-rule", null, null)))))
                .isEmpty();
        assertThat(ids(join(decisions.list(filtered(null, DIGEST, null))))).containsExactly("1");
        assertThat(ids(join(decisions.list(filtered(null, DIGEST.replace('0', '1'), null)))))
                .isEmpty();
        assertThat(ids(join(decisions.list(filtered(null, null, AT))))).containsExactly("1");
        assertThat(ids(join(decisions.list(filtered(null, null, AT.plusMillis(1))))))
                .isEmpty();
    }

    private static Query filtered(@Nullable String rule, @Nullable String policy, @Nullable Instant from) {
        Filter filter = new Filter(null, null, rule, null, policy, null, null, from, null, null);
        return new Query(filter, null, 10, Detail.NONE);
    }

    @Test
    void evidence_isAllThatADecisionWasMadeOf() {
        DecisionRecord record = record("1", "a", Action.KEEP);
        join(decisions.save(List.of(record)));

        Evidence evidence = join(decisions.evidence(id("1"))).orElseThrow();
        assertThat(CanonicalJson.bytes(evidence.decision()))
                .isEqualTo(CanonicalJson.bytes(DecisionJson.decision(record.decision(), Detail.FULL)));
        assertThat(evidence.facts()).isEqualTo(record.facts());
        assertThat(evidence.policyFiles()).isEqualTo(record.provenance().policyFiles());
        assertThat(evidence.catalog())
                .isEqualTo(record.provenance().catalogContent().get());
        assertThat(evidence.decidedAt()).isEqualTo(AT);
        assertThat(evidence.engine()).isEqualTo("regrade/test");
        assertThat(join(decisions.evidence(id("2")))).isEmpty();
    }
}
