package io.regrade.pipeline;

import static io.regrade.fact.Numbers.dollars;

import io.regrade.decision.Decision;
import io.regrade.decision.Decision.Attributed;
import io.regrade.engine.Examination;
import io.regrade.engine.Examination.Missed;
import io.regrade.engine.Examination.Outlook;
import io.regrade.engine.Examination.Stage;
import io.regrade.fact.Target;
import io.regrade.fact.Veto;
import io.regrade.policy.RuleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a decision did not choose one target: everything that ruled it out, or by how much it lost.
 *
 * @param remade the decision
 * @param examination what came of looking at the target
 * @param result the answer in one word
 * @param reasons everything that rules the target out
 */
public record WhyNot(Remade remade, Examination examination, Result result, List<Reason> reasons) {

    /** What became of a target. */
    public enum Result {
        /** It was chosen. */
        CHOSEN,
        /** It fits, was looked at, and another one was chosen. */
        OUTBID,
        /** It fits, was looked at, and the policy chose none of those that fit. */
        DECLINED,
        /** It fits and was not looked at, because enough cheaper ones fit. */
        NOT_REACHED,
        /** It lacks something, or a rule speaks against it. */
        RULED_OUT,
        /** It is the class that the machine has already. */
        CURRENT,
        /** No target was looked for. */
        NOT_SEARCHED,
        /** A rule failed, so that nothing can be said. */
        FAILED;

        /** As it is written in JSON, such as {@code ruled-out}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One thing that rules a target out.
     *
     * @param kind what kind of thing
     * @param constraint what it lacks, such as {@code memory_gib>=12.4}; empty for a veto
     * @param why the sentence
     * @param shortBy by how much it misses, in {@code unit}; NaN when that is unknown or no quantity
     * @param unit the unit, empty when there is none
     * @param rule the rule that says so or asks for it, null when none does
     * @param source where the requirement comes from, in words; empty for a veto and for availability
     */
    public record Reason(
            Kind kind,
            String constraint,
            String why,
            double shortBy,
            String unit,
            @Nullable RuleSource rule,
            String source) {

        /** Where a reason comes from. */
        public enum Kind {
            /** A rule, an agreement or a module asks for it. */
            REQUIREMENT,
            /** Nobody asks for it, but nothing is known that would allow less than there is now. */
            KEPT,
            /** None is left. */
            AVAILABILITY,
            /** A rule judged the target. */
            VETO
        }
    }

    /** Copies the list. */
    public WhyNot {
        reasons = List.copyOf(reasons);
    }

    static WhyNot of(Remade remade, Examination examination, List<RuleSource> rules) {
        List<Reason> reasons = new ArrayList<>();
        for (Missed one : examination.missed()) {
            reasons.add(reason(one, examination.target(), rules));
        }
        for (Attributed<Veto> one : examination.vetoes()) {
            Veto veto = one.what();
            reasons.add(new Reason(
                    Reason.Kind.VETO, "", veto.why(), veto.shortBy(), veto.unit(), rule(one.rule(), rules), ""));
        }
        return new WhyNot(remade, examination, result(examination), reasons);
    }

    private static Reason reason(Missed missed, Target target, List<RuleSource> rules) {
        boolean availability = missed.constraint().attribute() == null;
        return new Reason(
                availability ? Reason.Kind.AVAILABILITY : missed.stated() ? Reason.Kind.REQUIREMENT : Reason.Kind.KEPT,
                missed.constraint().text(),
                missed.constraint().why(target),
                missed.constraint().shortBy(target),
                missed.constraint().unit(),
                rule(missed.rule(), rules),
                missed.source());
    }

    private static @Nullable RuleSource rule(String id, List<RuleSource> rules) {
        for (RuleSource rule : rules) {
            if (rule.id().equals(id)) {
                return rule;
            }
        }
        return null;
    }

    private static Result result(Examination examined) {
        if (examined.stage() == Stage.FAILED || !examined.errors().isEmpty()) {
            return Result.FAILED;
        } else if (examined.decision().target() == examined.target()) {
            return Result.CHOSEN;
        } else if (examined.current()) {
            return Result.CURRENT;
        } else if (examined.stage() == Stage.NOT_SEARCHED) {
            return Result.NOT_SEARCHED;
        } else if (!examined.fits()) {
            return Result.RULED_OUT;
        } else if (examined.stage() == Stage.SEARCHED) {
            return Result.NOT_REACHED;
        }
        return examined.chosen() == null ? Result.DECLINED : Result.OUTBID;
    }

    /** The answer in a sentence. */
    public String why() {
        Decision decision = remade.decision();
        return switch (result) {
            case CHOSEN -> "it was chosen: " + decision.why();
            case OUTBID -> "it fits, and " + compared();
            case DECLINED -> "it fits and would be worth " + worth() + " a month, but: " + decision.why();
            case NOT_REACHED ->
                "it fits, but was not looked at: " + decision.considered()
                        + " that come before it by price fit, too, and were enough to choose from; it " + compared();
            case RULED_OUT -> said();
            case CURRENT ->
                "the machine is of this class already"
                        + (reasons.isEmpty() ? "" : ", which is not what is required: " + said());
            case NOT_SEARCHED ->
                "no target was looked for: " + decision.why()
                        + (reasons.isEmpty() ? "" : ". It would be ruled out all the same: " + said());
            case FAILED ->
                "nothing can be said, because the policy could not be evaluated: "
                        + String.join("; ", examination.errors());
        };
    }

    private String said() {
        return String.join("; ", reasons.stream().map(Reason::why).distinct().toList());
    }

    private String worth() {
        Outlook outlook = examination.outlook();
        return outlook == null ? "nothing that is known" : dollars(outlook.netUsdMonth());
    }

    private String compared() {
        Outlook chosen = examination.chosen();
        Outlook outlook = examination.outlook();
        if (chosen == null || outlook == null) {
            return "would be worth " + worth() + " a month";
        }
        double behind = chosen.netUsdMonth() - outlook.netUsdMonth();
        String other = chosen.projection().target().id();
        String is = result == Result.OUTBID ? "is worth " : "would be worth ";
        return behind > 0
                ? is + dollars(behind) + " a month less than " + other
                : behind < 0
                        ? is + dollars(-behind) + " a month more than " + other
                        : is + "as much as " + other + ", which comes first by price and name";
    }
}
