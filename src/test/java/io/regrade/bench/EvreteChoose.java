package io.regrade.bench;

import static io.regrade.bench.EvreteRules.conclude;
import static io.regrade.bench.EvreteRules.limit;
import static io.regrade.bench.EvreteRules.on;

import io.regrade.fact.Candidate;
import io.regrade.fact.Choice;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Limit;
import io.regrade.fact.Numbers;
import org.evrete.api.Knowledge;
import org.evrete.api.RhsContext;
import org.evrete.api.builders.RuleSetBuilder;

/** The phase {@code choose} in Evrete. */
final class EvreteChoose {

    private EvreteChoose() {}

    private interface Chooses {
        boolean test(EvreteSummary summary, double minimum);
    }

    private interface OnNew {
        boolean test(EvreteSummary summary, double minimum, Instantiation made);
    }

    static void rules(RuleSetBuilder<Knowledge> rules) {
        keep(rules, "choose-efficient", (s, min) -> !s.needs(), "it is operating efficiently");
        keep(
                rules,
                "choose-install",
                (s, min) -> s.needs() && !s.solvable(),
                "what it lacks is to be installed, and no move brings it");
        rule(
                rules,
                "choose-obligation",
                (s, min) -> s.obligation() && !s.candidates().isEmpty(),
                c -> {
                    Candidate best = s(c).candidates().get(0);
                    return Choice.reclassify(
                            best, "it must change, and " + best.target().id() + " brings most");
                });
        rule(
                rules,
                "choose-improvement",
                (s, min) -> !s.obligation() && s.upgrade() && s.best(min, false) != null,
                c -> {
                    Candidate best = s(c).best(min(c), false);
                    return Choice.reclassify(
                            best,
                            "what it brings is worth " + Numbers.dollars(best.netUsdMonth())
                                    + " a month more than it costs");
                });
        rule(rules, "choose-saving", (s, min) -> s.onlySaving() && s.best(min, true) != null, c -> {
            Candidate best = s(c).best(min(c), true);
            return Choice.reclassify(best, "it saves " + Numbers.dollars(best.savingUsdMonth()) + " a month");
        });
        keep(
                rules,
                "choose-not-worth",
                (s, min) -> !s.obligation() && s.upgrade() && !s.candidates().isEmpty() && s.best(min, false) == null,
                "no target brings so much a month more than it costs");
        keep(
                rules,
                "choose-no-saving",
                (s, min) -> s.onlySaving() && !s.candidates().isEmpty() && s.best(min, true) == null,
                "no target saves so much a month");
        made(rules);
    }

    private static void made(RuleSetBuilder<Knowledge> rules) {
        onNew(
                rules,
                "choose-instantiate",
                (s, min, made) -> (s.upgrade() || s.obligation()) && !(s.maxPriceUsdMonth() < made.priceUsdMonth()),
                Choice.instantiate("no target offers what it needs, so a new machine is made"));
        onNew(
                rules,
                "choose-too-dear",
                (s, min, made) -> (s.upgrade() || s.obligation()) && s.maxPriceUsdMonth() < made.priceUsdMonth(),
                Choice.keep("no target offers what it needs, and a new machine would cost more than was agreed"));
        onNew(
                rules,
                "choose-instantiate-saving",
                (s, min, made) -> s.onlySaving() && made.savingUsdMonth() >= min,
                Choice.instantiate("no target fits, and a new machine saves enough"));
        onNew(
                rules,
                "choose-no-target",
                (s, min, made) -> s.onlySaving() && !(made.savingUsdMonth() >= min),
                Choice.keep("it is larger than it needs to be, but no target fits"));
    }

    private interface Concludes {
        Choice of(RhsContext context);
    }

    private static void rule(RuleSetBuilder<Knowledge> rules, String id, Chooses when, Concludes then) {
        rules.newRule(id)
                .forEach("$l", Limit.class, "$s", EvreteSummary.class)
                .where(limit("minimum-saving"), "$l")
                .where(on(o -> when.test((EvreteSummary) o[0], ((Limit) o[1]).value())), "$s", "$l")
                .execute(c -> conclude(c, then.of(c), "$l"));
    }

    private static void keep(RuleSetBuilder<Knowledge> rules, String id, Chooses when, String why) {
        rule(rules, id, when, c -> Choice.keep(why));
    }

    private static void onNew(RuleSetBuilder<Knowledge> rules, String id, OnNew when, Choice then) {
        rules.newRule(id)
                .forEach("$l", Limit.class, "$s", EvreteSummary.class, "$new", Instantiation.class)
                .where(limit("minimum-saving"), "$l")
                .where(on(o -> ((EvreteSummary) o[0]).candidates().isEmpty()), "$s")
                .where(
                        on(o -> when.test((EvreteSummary) o[0], ((Limit) o[1]).value(), (Instantiation) o[2])),
                        "$s",
                        "$l",
                        "$new")
                .execute(c -> conclude(c, then, "$l", "$new"));
    }

    private static EvreteSummary s(RhsContext context) {
        return context.get("$s");
    }

    private static double min(RhsContext context) {
        return context.<Limit>get("$l").value();
    }
}
