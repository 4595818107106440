package io.regrade.web.console;

import static io.regrade.ledger.LedgerAnswer.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.VmFacts;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.ledger.Decisions.Filter;
import io.regrade.ledger.Decisions.Query;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendations;
import io.regrade.pipeline.DecideOtherwise;
import java.util.List;

/** The pages of machines, decisions and their rules. */
final class DecisionPages {

    private static final int DECISIONS = 30;

    private final Console.Parts parts;
    private final DecideOtherwise otherwise;

    DecisionPages(Console.Parts parts) {
        this.parts = parts;
        this.otherwise = new DecideOtherwise(parts.past());
    }

    View machine(Asked asked) {
        String id = asked.path("id");
        VmFacts facts = parts.inventory()
                .snapshot()
                .vm(id)
                .orElseThrow(() -> new Failure.NotFound("no machine `" + id + "` is held"));
        Page<ObjectNode> decisions =
                await(parts.decisions().list(new Query(Filter.of(id, null), null, DECISIONS, Detail.SUMMARY)));
        List<Recommendation> open = await(parts.recommendations()
                        .list(new Recommendations.Query(id, null, null, null, null, null, null, 1)))
                .items();
        ObjectNode last = decisions.items().isEmpty()
                ? null
                : await(parts.decisions()
                                .byId(decisions.items().get(0).path("id").asText(), Detail.FULL))
                        .filter(one -> !one.has("erased"))
                        .orElse(null);
        MeasuredHours hours =
                await(parts.telemetry().hours(List.of(id), null, null)).getOrDefault(id, MeasuredHours.NONE);
        return new View(
                "machine",
                id,
                new MachinePage(
                        facts,
                        hours,
                        decisions.items(),
                        decisions.next() != null,
                        open.isEmpty() ? null : open.get(0),
                        last));
    }

    View decision(Asked asked) {
        String id = asked.path("id");
        ObjectNode decision = await(parts.decisions().byId(id, Detail.FULL)).orElseThrow(() -> unknown(id));
        return new View("decision", "Decision on " + decision.path("vm").asText(), new DecisionPage(decision));
    }

    View rule(Asked asked) {
        Evidence evidence = evidence(asked);
        String rule = asked.path("rule");
        return new View("rule", rule, RulePage.find(asked.path("id"), rule, evidence.policyFiles()));
    }

    /** The numbers that a decision depends on, or what comes of one that is changed. */
    ObjectNode otherwise(Asked asked) {
        Evidence evidence = evidence(asked);
        String name = asked.text("name");
        if (name.isEmpty()) {
            return Otherwise.dials(otherwise.dials(evidence));
        }
        try {
            return Otherwise.outcome(otherwise.decide(evidence, name, Double.parseDouble(asked.text("value"))));
        } catch (NumberFormatException e) {
            throw new Failure.NotFound("`" + asked.text("value") + "` is no number");
        }
    }

    private Evidence evidence(Asked asked) {
        try {
            return await(parts.decisions().evidence(asked.path("id"))).orElseThrow(() -> unknown(asked.path("id")));
        } catch (ErasedException e) {
            throw new Failure.NotFound("what this decision was made of was erased");
        }
    }

    private static Failure.NotFound unknown(String id) {
        return new Failure.NotFound(
                "there is no decision `" + id + "`. Maybe it was asked with `record=false`, or is too old");
    }
}
