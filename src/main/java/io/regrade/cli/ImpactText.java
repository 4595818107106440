package io.regrade.cli;

import static io.regrade.fact.Numbers.dollars;
import static io.regrade.fact.Numbers.percent;
import static io.regrade.fact.Numbers.show;

import io.regrade.decision.Decision;
import io.regrade.decision.Story;
import io.regrade.fact.Action;
import io.regrade.fact.Need;
import io.regrade.fact.Numbers;
import io.regrade.pipeline.impact.Change;
import io.regrade.pipeline.impact.Impact;
import io.regrade.pipeline.impact.Impact.Affected;
import io.regrade.pipeline.impact.Impact.Part;
import io.regrade.pipeline.impact.Impact.RuleEffect;
import io.regrade.pipeline.impact.Impact.Side;
import io.regrade.pipeline.impact.ImpactJson;
import io.regrade.pipeline.impact.ReasonChanges;
import io.regrade.pipeline.impact.ReasonChanges.NeedChange;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An impact to be read by people: on a terminal, or as Markdown. */
final class ImpactText {

    /** Groups and owners that are listed. */
    private static final int PARTS = 10;

    private static final int DIGITS = "sha256:".length() + 12;

    private final Impact impact;
    private final boolean markdown;
    private final boolean explain;
    private final PrintWriter out;

    ImpactText(Impact impact, boolean markdown, boolean explain, PrintWriter out) {
        this.impact = impact;
        this.markdown = markdown;
        this.explain = explain;
        this.out = out;
    }

    void print() {
        title();
        sums();
        matrix();
        rules();
        parts("By group", "group", impact.groups());
        parts("By owner", "owner", impact.owners());
        affected();
        out.flush();
    }

    private void title() {
        String name = impact.draft().name();
        out.println((markdown ? "# " : "") + "Impact of a draft of `" + name + "`");
        out.println();
        out.println("draft " + version(impact.draft().digest()) + " against "
                + (impact.active().name().equals(name)
                        ? ""
                        : "`" + impact.active().name() + "` ")
                + version(impact.active().digest())
                + (impact.active().digest().equals(impact.draft().digest()) ? ": the same files" : ""));
        out.println();
        long same = impact.machines() - impact.changed();
        long reasons = count(Change.REASONS);
        out.printf(
                "%s: the advice changes for %d (%s) and stays for %d%s%n",
                machines(impact.machines()),
                impact.changed(),
                percent(impact.changedShare()),
                same,
                reasons == 0 ? "" : ", for " + reasons + " of them for other reasons");
        if (impact.changed() > 0) {
            out.printf(
                    "%sanother action: %d; another target: %d; another configuration: %d%n",
                    markdown ? "\n" : "", count(Change.ACTION), count(Change.TARGET), count(Change.CONFIGURATION));
        }
        impact.unusable().forEach((why, number) -> out.printf("%snot decided again, %s: %d%n", gap(), why, number));
    }

    private String gap() {
        return markdown ? "\n" : "";
    }

    private static String version(String digest) {
        return "`" + digest.substring(0, Math.min(DIGITS, digest.length())) + "`";
    }

    private static String machines(long number) {
        return number + (number == 1 ? " machine" : " machines");
    }

    private long count(Change change) {
        return impact.changes().getOrDefault(change, 0L);
    }

    private void sums() {
        heading("Money and risk");
        Rows rows = new Rows("", "active", "draft", "difference");
        for (Action action : Action.values()) {
            number(rows, action.key(), side -> side.actions().getOrDefault(action, 0L));
        }
        money(rows, "cost today, a month", Side::priceUsdMonthNow);
        rows.add(
                "saving, a month",
                new Rows.Money(impact.before().savingUsdMonth()),
                new Rows.Money(impact.after().savingUsdMonth()),
                new Rows.Money(Numbers.significant(impact.savingDifferenceUsdMonth())));
        number(rows, "machines with unknown saving", Side::unknownSavings);
        number(rows, "moves without risk", side -> side.risk().none());
        number(rows, "moves with risk up to 0.5", side -> side.risk().low());
        number(rows, "moves with risk up to 1", side -> side.risk().medium());
        number(rows, "moves with risk above 1", side -> side.risk().high());
        number(rows, "moves with unknown risk", side -> side.risk().unknown());
        amount(rows, "mean risk of a move", side -> side.risk().mean());
        amount(rows, "highest risk of a move", side -> side.risk().highest());
        amount(rows, "saturated hours of the moved, a month", Side::saturatedHoursMonth);
        amount(rows, "saturated hours avoided, a month", Side::savedHoursMonth);
        number(rows, "decisions with errors", Side::errors);
        table(rows);
        out.printf(
                "%sthe draft takes more risk for %d machines, less for %d%n",
                gap(), impact.raisedRisk(), impact.loweredRisk());
        if (impact.comparableSavings() < impact.machines()) {
            out.printf(
                    "%sthe difference in saving is over the %d machines whose saving both know%n",
                    gap(), impact.comparableSavings());
        }
    }

    private void number(Rows rows, String what, ToLongFunction<Side> of) {
        long before = of.applyAsLong(impact.before());
        long after = of.applyAsLong(impact.after());
        if (before != 0 || after != 0) {
            rows.add(what, before, after, after - before);
        }
    }

    private void amount(Rows rows, String what, ToDoubleFunction<Side> of) {
        double before = Numbers.significant(of.applyAsDouble(impact.before()));
        double after = Numbers.significant(of.applyAsDouble(impact.after()));
        rows.add(what, before, after, Numbers.significant(after - before));
    }

    private void money(Rows rows, String what, ToDoubleFunction<Side> of) {
        double before = of.applyAsDouble(impact.before());
        double after = of.applyAsDouble(impact.after());
        rows.add(what, new Rows.Money(before), new Rows.Money(after), new Rows.Money(after - before));
    }

    private void matrix() {
        heading("From what to what");
        Rows rows = new Rows("active", "draft", "machines", "changed", "saved more, a month");
        impact.matrix()
                .forEach(one -> rows.add(
                        one.from().key(),
                        one.to().key(),
                        one.machines(),
                        one.changed(),
                        new Rows.Money(Numbers.significant(one.savingDifferenceUsdMonth()))));
        table(rows);
    }

    private void rules() {
        List<RuleEffect> changed =
                impact.rules().stream().filter(RuleEffect::isChanged).toList();
        heading("By rule");
        if (changed.isEmpty()) {
            out.println("every rule fires and decides for the same machines");
        } else {
            Rows rows = new Rows(
                    "rule", "fires", "newly", "no longer", "draft", "decides", "newly", "no longer", "draft", "owner");
            changed.forEach(rule -> rows.add(
                    rule.rule(),
                    rule.active(),
                    rule.newly(),
                    rule.noLonger(),
                    rule.draft(),
                    rule.decidesActive(),
                    rule.decidesNewly(),
                    rule.decidesNoLonger(),
                    rule.decidesDraft(),
                    rule.owner()));
            table(rows);
        }
        only("Only the draft has", Impact.In.DRAFT);
        only("Only the active policy has", Impact.In.ACTIVE);
    }

    private void only(String what, Impact.In in) {
        String rules = impact.rules().stream()
                .filter(rule -> rule.in() == in)
                .map(rule -> "`" + rule.rule() + "`" + (rule.draft() + rule.active() == 0 ? " (fires nowhere)" : ""))
                .collect(Collectors.joining(", "));
        if (!rules.isEmpty()) {
            out.println();
            out.println(what + " " + rules);
        }
    }

    private void parts(String title, String column, List<Part> parts) {
        List<Part> shown =
                parts.stream().filter(part -> part.changed() > 0).limit(PARTS).toList();
        if (shown.isEmpty()) {
            return;
        }
        heading(title);
        Rows rows = new Rows(column, "machines", "changed", "saving active", "saving draft", "more risk");
        shown.forEach(part -> rows.add(
                part.name() == null ? "(all others)" : part.name().isEmpty() ? "(none)" : part.name(),
                part.machines(),
                part.changed(),
                new Rows.Money(Numbers.significant(part.savingActiveUsdMonth())),
                new Rows.Money(Numbers.significant(part.savingDraftUsdMonth())),
                part.raisedRisk()));
        table(rows);
        long more = parts.stream().filter(part -> part.changed() > 0).count() - shown.size();
        if (more > 0) {
            out.println(gap() + "and " + more + " more");
        }
    }

    private void affected() {
        if (impact.most().isEmpty()) {
            return;
        }
        heading("Affected most");
        for (Affected one : impact.most()) {
            machine(one);
        }
    }

    private void machine(Affected affected) {
        Decision active = affected.comparison().active();
        Decision draft = affected.comparison().draft();
        String by = affected.by().stream()
                .map(respect -> respect.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String past = affected.comparison().past();
        out.println((markdown ? "\n### " : "\n") + active.vm().id() + ", by " + by
                + (past == null ? "" : ", decision " + past));
        if (markdown) {
            out.println();
        }
        item("active: " + told(active));
        item("draft: " + told(draft));
        reasons(affected.reasons());
        if (explain) {
            story("As the active policy decides:", active);
            story("As the draft decides:", draft);
        }
    }

    private void item(String text) {
        out.println((markdown ? "- " : "  ") + text);
    }

    private static String told(Decision decision) {
        String where =
                decision.target() == null ? "" : " to " + decision.target().id();
        double risk = decision.risk();
        return decision.action().key() + where + ", saving " + dollars(decision.savingUsdMonth()) + " a month"
                + (Double.isNaN(risk) ? "" : ", risk " + show(risk)) + ": " + decision.why()
                + (decision.trace().chooser().isEmpty()
                        ? ""
                        : " [" + decision.trace().chooser() + "]");
    }

    private void reasons(ReasonChanges reasons) {
        list("fires newly: ", reasons.newlyFired());
        list("fires no longer: ", reasons.noLongerFired());
        reasons.needs().forEach(need -> item("need [" + need.rule() + "]: " + told(need)));
        list("no longer required: ", reasons.noLongerRequired());
        list("required newly: ", reasons.newlyRequired());
    }

    private void list(String what, List<String> texts) {
        if (!texts.isEmpty()) {
            item(what + String.join(", ", texts));
        }
    }

    private static String told(NeedChange change) {
        Need known = change.draft() != null ? change.draft() : Objects.requireNonNull(change.active());
        return known.attribute().key() + " " + amount(change.active()) + ", draft " + amount(change.draft());
    }

    private static String amount(@Nullable Need need) {
        return need == null ? "nothing" : need.from() + " → " + need.to();
    }

    private void story(String title, Decision decision) {
        out.println();
        out.println((markdown ? "" : "  ") + title);
        out.println();
        out.println(markdown ? "```" : "");
        Story.tell(decision, ImpactJson.names(impact))
                .lines()
                .forEach(line -> out.println((markdown ? "" : "    ") + line));
        out.println(markdown ? "```" : "");
    }

    private void heading(String text) {
        out.println();
        out.println((markdown ? "## " : "") + text);
        if (markdown) {
            out.println();
        }
    }

    private void table(Rows rows) {
        if (markdown) {
            rows.markdown(out);
        } else {
            rows.print(Format.table, out);
        }
    }
}
