package io.regrade.pipeline;

import static io.regrade.fact.Numbers.dollars;
import static io.regrade.fact.Numbers.show;

import io.regrade.decision.Decision;
import io.regrade.decision.Decision.Attributed;
import io.regrade.engine.Examination;
import io.regrade.engine.Examination.Outlook;
import io.regrade.fact.Benefit;
import io.regrade.fact.Target;
import io.regrade.pipeline.WhyNot.Reason;
import io.regrade.policy.RuleSource;

/** Why a target was not chosen, as a text for people. */
public final class WhyNotText {

    private WhyNotText() {}

    /** Writes the answer. */
    public static String write(WhyNot answer) {
        Lines out = new Lines();
        Examination examined = answer.examination();
        Decision decision = answer.remade().decision();
        Target target = decision.target();
        out.line(
                0, "Why not " + examined.target().id() + " for " + decision.vm().id() + "?");
        out.line(0, answer.result().key() + ": " + answer.why());
        out.line(
                0,
                "decided was: " + decision.action().key() + (target == null ? "" : " to " + target.id()) + ", "
                        + decision.why());
        if (!answer.remade().warning().isEmpty()) {
            out.line(0, "careful: " + answer.remade().warning());
        }
        if (!answer.reasons().isEmpty()) {
            out.heading("What rules it out");
            answer.reasons().forEach(reason -> reason(reason, out));
        }
        Outlook outlook = examined.outlook();
        if (outlook != null) {
            out.heading("What it would bring");
            outlook(outlook, examined, out);
            Outlook chosen = examined.chosen();
            if (chosen != null && chosen.projection().target() != examined.target()) {
                out.heading("What " + chosen.projection().target().id() + " brings, which was chosen");
                outlook(chosen, examined, out);
            }
        }
        return out.toString();
    }

    private static void reason(Reason reason, Lines out) {
        out.line(1, reason.why());
        if (!reason.source().isEmpty()) {
            out.line(3, "for: " + reason.source());
        }
        RuleSource rule = reason.rule();
        if (rule != null) {
            out.line(
                    3,
                    "rule: " + rule.id() + ", " + rule.name()
                            + (rule.owner().isEmpty() ? "" : " (" + rule.owner() + ")"));
            if (!rule.why().isEmpty()) {
                out.line(3, "because: " + rule.why());
            }
        }
    }

    private static void outlook(Outlook outlook, Examination examined, Lines out) {
        out.line(
                1,
                dollars(outlook.netUsdMonth()) + " a month in all, saving "
                        + dollars(outlook.projection().savingUsdMonth()) + ", risk "
                        + show(outlook.projection().risk()) + " of 4; place " + (outlook.rank() + 1)
                        + (outlook.rank() < examined.candidates() ? " of " : " after the ")
                        + examined.candidates() + " to choose from");
        for (Attributed<Benefit> one : outlook.benefits()) {
            out.line(
                    2,
                    show(one.what().amount()) + " " + one.what().unit() + ", worth "
                            + dollars(one.what().worthUsdMonth()) + " a month  [" + one.rule() + "]");
        }
    }
}
