package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Target;
import io.regrade.ledger.Evidence;
import io.regrade.pipeline.WhyNot.Reason;
import io.regrade.pipeline.WhyNot.Result;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why targets were not chosen, over a fleet of every kind of machine. */
class ExplainTargetTest {

    @TempDir
    static Path shared;

    private static DecidedFleet decided;
    private static ExplainTarget explain;

    @BeforeAll
    static void decide() throws Exception {
        decided = DecidedFleet.of(shared.resolve("fleet"), 5, 40, 120);
        explain = new ExplainTarget(decided.past());
    }

    @AfterAll
    static void close() {
        decided.close();
    }

    @Test
    void everyStoredRejection_hasAnAnswerThatAgrees() {
        int misses = 0;
        int vetoes = 0;
        int others = 0;
        for (Evidence evidence : decided.run()) {
            for (JsonNode stored : evidence.decision().get("rejected")) {
                WhyNot answer = explain.whyNot(evidence, stored.get("target").asText());
                assertThat(answer.remade().isAsStored()).isTrue();
                if (stored.has("constraint")) {
                    misses++;
                    assertThat(answer.result()).isIn(Result.RULED_OUT, Result.CURRENT);
                    Reason reason = answer.reasons().get(0);
                    assertThat(reason.constraint())
                            .isEqualTo(stored.get("constraint").asText());
                    agrees(reason, stored);
                    assertThat(answer.reasons().stream()
                                    .filter(one -> one.kind() != Reason.Kind.VETO)
                                    .map(one -> one.constraint().replaceAll("[><=].*", ""))
                                    .distinct())
                            .as("a near miss misses one thing")
                            .hasSize(1);
                } else if (answer.result() == Result.RULED_OUT) {
                    vetoes++;
                    Reason veto = answer.reasons().stream()
                            .filter(one -> one.why().equals(stored.get("why").asText()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(veto.kind()).isEqualTo(Reason.Kind.VETO);
                    agrees(veto, stored);
                    assertThat(answer.reasons()).allMatch(one -> one.kind() == Reason.Kind.VETO);
                } else {
                    others++;
                    outbid(answer, stored);
                }
            }
        }
        assertThat(misses).isGreaterThan(30);
        assertThat(vetoes).isGreaterThan(2);
        assertThat(others).isGreaterThan(10);
    }

    private static void agrees(Reason reason, JsonNode stored) {
        assertThat(reason.why()).isEqualTo(stored.get("why").asText());
        assertThat(reason.rule() == null ? null : reason.rule().id())
                .isEqualTo(stored.has("rule") ? stored.get("rule").asText() : null);
        if (stored.has("short")) {
            assertThat(reason.shortBy()).isCloseTo(stored.get("short").asDouble(), within(1e-3));
        } else {
            assertThat(reason.shortBy()).isNaN();
        }
    }

    private static void outbid(WhyNot answer, JsonNode stored) {
        assertThat(answer.reasons()).isEmpty();
        JsonNode comparison = WhyNotJson.write(answer).get("comparison");
        if (answer.result() == Result.OUTBID) {
            assertThat(comparison.get("behind_usd_month").asDouble())
                    .isCloseTo(stored.get("short").asDouble(), within(1e-4));
            assertThat(answer.why()).endsWith(stored.get("why").asText());
            assertThat(comparison.get("rank").asInt()).isGreaterThan(1);
        } else {
            assertThat(answer.result()).isEqualTo(Result.DECLINED);
            assertThat(answer.why()).endsWith(stored.get("why").asText());
        }
    }

    @Test
    void everyTargetOfTheCatalogue_isAnsweredAsTheIndexSelectsIt() {
        Map<Result, Integer> seen = new EnumMap<>(Result.class);
        for (Evidence evidence : decided.run()) {
            try (PastEvaluations.Reopened reopened = decided.past().open(evidence, null)) {
                Set<String> supporting =
                        reopened.decide().evaluator().supporting(reopened.facts(), reopened.time()).stream()
                                .map(Target::id)
                                .collect(Collectors.toSet());
                boolean searched = evidence.decision().get("considered").asInt() > 0
                        || !evidence.decision().get("excluded").isEmpty();
                for (Target target : decided.fleet().targets()) {
                    WhyNot answer =
                            ExplainTarget.whyNot(reopened.decide(), reopened.facts(), reopened.time(), target.id());
                    seen.merge(answer.result(), 1, Integer::sum);
                    boolean lacks = answer.reasons().stream().anyMatch(reason -> reason.kind() != Reason.Kind.VETO);
                    String about = target.id() + " for " + evidence.decision().get("vm") + ": " + answer.why();
                    if (searched) {
                        assertThat(answer.result()).as(about).isNotEqualTo(Result.NOT_SEARCHED);
                        assertThat(lacks).as(about).isEqualTo(!supporting.contains(target.id()));
                    } else {
                        assertThat(answer.result()).as(about).isIn(Result.NOT_SEARCHED, Result.CURRENT);
                    }
                    JsonNode chosen = evidence.decision().at("/target/id");
                    assertThat(answer.result() == Result.CHOSEN)
                            .isEqualTo(target.id().equals(chosen.asText()));
                    answer.reasons().forEach(ExplainTargetTest::isComplete);
                }
            }
        }
        assertThat(seen)
                .containsKeys(
                        Result.CHOSEN,
                        Result.OUTBID,
                        Result.NOT_REACHED,
                        Result.RULED_OUT,
                        Result.CURRENT,
                        Result.NOT_SEARCHED)
                .doesNotContainKey(Result.FAILED);
    }

    private static void isComplete(Reason reason) {
        assertThat(reason.why()).isNotBlank();
        switch (reason.kind()) {
            case REQUIREMENT -> {
                assertThat(reason.constraint()).isNotBlank();
                assertThat(reason.source()).isNotBlank();
                assertThat(reason.rule() != null || reason.source().startsWith("module "))
                        .isTrue();
            }
            case KEPT -> assertThat(reason.source()).startsWith("what it has now");
            case AVAILABILITY -> assertThat(reason.constraint()).isEqualTo("available>=1");
            case VETO -> {
                assertThat(Objects.requireNonNull(reason.rule()).phase()).isEqualTo("match");
                assertThat(reason.shortBy()).isPositive();
                assertThat(reason.unit()).isNotBlank();
            }
        }
    }

    @Test
    void unknownTarget_isRefusedWithTheNearestNames() {
        String known = decided.fleet().targets().get(0).id();
        assertThatThrownBy(() -> explain.whyNot(decided.run().get(0), known + "x"))
                .isInstanceOf(UnknownTargetException.class)
                .hasMessageContaining("has no target `" + known + "x`. Maybe `" + known + "`, `");
    }

    @Test
    void decisionThatComesOutOtherwise_isSaidSo() {
        Evidence stored = decided.run().stream()
                .filter(one -> one.decision().at("/target/id").isTextual())
                .findFirst()
                .orElseThrow();
        ObjectNode changed = stored.decision().deepCopy();
        changed.put("action", "keep").putNull("target");
        Evidence other = new Evidence(
                changed, stored.facts(), stored.policyFiles(), stored.catalog(), stored.decidedAt(), "regrade/0.0.9");

        WhyNot answer = explain.whyNot(other, stored.decision().at("/target/id").asText());

        JsonNode json = WhyNotJson.write(answer);
        assertThat(json.get("replay").asText()).isEqualTo("different");
        assertThat(json.get("warning").asText())
                .endsWith("which is not what regrade/0.0.9 had decided and stored: keep");
        assertThat(answer.result()).isEqualTo(Result.CHOSEN);
        assertThat(WhyNotText.write(answer)).contains("careful: this is about the decision as regrade/");
    }
}
