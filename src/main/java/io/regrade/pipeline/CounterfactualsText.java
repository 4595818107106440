package io.regrade.pipeline;

import static io.regrade.fact.Numbers.percent;
import static io.regrade.fact.Numbers.show;

import io.regrade.decision.Decision;
import io.regrade.pipeline.Counterfactual.Outcome;
import io.regrade.pipeline.Counterfactuals.Unturned;

/** Counterfactuals as a text for people. */
public final class CounterfactualsText {

    private CounterfactualsText() {}

    /** Writes the answer. */
    public static String write(Counterfactuals answer) {
        Lines out = new Lines();
        Decision decision = answer.remade().decision();
        out.line(
                0,
                "What would turn the decision about " + decision.vm().id() + "? It is "
                        + Outcome.of(decision).text() + ", " + decision.why());
        if (!answer.remade().warning().isEmpty()) {
            out.line(0, "careful: " + answer.remade().warning());
        }
        decision.errors().forEach(error -> out.line(0, "nothing was varied: " + error));
        int number = 0;
        for (Counterfactual one : answer.turns()) {
            double relative = one.change().relative();
            out.line(
                    1,
                    ++number + ". " + one.sentence()
                            + (Double.isNaN(relative) ? "" : ", " + (relative > 0 ? "+" : "") + percent(relative)));
            if (!one.begun().isEmpty()) {
                out.line(3, "then fires: " + String.join(", ", one.begun()));
            }
            if (!one.ceased().isEmpty()) {
                out.line(3, "no longer fires: " + String.join(", ", one.ceased()));
            }
        }
        if (answer.turnsInAll() > answer.turns().size()) {
            out.line(1, "and " + (answer.turnsInAll() - answer.turns().size()) + " more");
        }
        if (!answer.unturned().isEmpty()) {
            out.heading("What does not turn it");
            answer.unturned().forEach(one -> out.line(1, unturned(one)));
        }
        if (!answer.unvaried().isEmpty()) {
            out.heading("What cannot be varied");
            answer.unvaried().forEach(one -> out.line(1, one.fact() + ": " + one.why()));
        }
        out.heading("Decided " + answer.evaluations() + " times, each change to within " + percent(TurnSearch.TOLERANCE)
                + (answer.complete() ? "" : "; more would be needed to look at everything"));
        return out.toString();
    }

    private static String unturned(Unturned one) {
        return one.from().isEmpty()
                ? one.fact() + " " + one.field() + " from " + show(one.least()) + " to " + show(one.greatest()) + " "
                        + one.unit() + " (now " + show(one.number()) + ")"
                : one.fact() + " " + one.field() + " without " + one.from();
    }
}
