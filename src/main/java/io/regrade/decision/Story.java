package io.regrade.decision;

import static io.regrade.fact.Numbers.dollars;
import static io.regrade.fact.Numbers.percent;
import static io.regrade.fact.Numbers.show;

import io.regrade.fact.Benefit;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.ResourceProjection;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A decision as a text that a manager can read: what was seen, what the rules said, what was chosen and why. */
public final class Story {

    private static final int SHOWN_REJECTIONS = 14;

    private final Decision decision;
    private final UnaryOperator<String> ruleName;
    private final StringBuilder out = new StringBuilder(2048);

    private Story(Decision decision, UnaryOperator<String> ruleName) {
        this.decision = decision;
        this.ruleName = ruleName;
    }

    /**
     * Tells the story of a decision.
     *
     * @param ruleName gives the sentence that names a rule for its id, or the id itself
     */
    public static String tell(Decision decision, UnaryOperator<String> ruleName) {
        Story story = new Story(decision, ruleName);
        story.machine();
        story.seen();
        story.required();
        story.needs();
        story.targets();
        story.choice();
        return story.out.toString();
    }

    private void machine() {
        Vm vm = decision.vm();
        line("%s%s", vm.id(), vm.name().equals(vm.id()) ? "" : " (" + vm.name() + ")");
        List<String> parts = new ArrayList<>();
        if (vm.type() != null) {
            parts.add(vm.type());
        }
        for (Resource resource : Resource.values()) {
            if (vm.capacity().of(resource) > 0) {
                parts.add(show(vm.capacity().of(resource)) + " " + resource.unit()
                        + (resource == Resource.MEMORY || resource == Resource.STORAGE ? " " + resource.label() : ""));
            }
        }
        if (vm.os() != null) {
            parts.add(vm.os().toString());
        }
        line("  is %s", String.join(", ", parts));
        line("  costs %s a month", dollars(decision.priceUsdMonthNow()));
        decision.errors().forEach(error -> line("  ERROR: %s", error));
    }

    private void seen() {
        Map<Resource, Usage> usage = new EnumMap<>(Resource.class);
        for (Firing firing : decision.trace().firings()) {
            for (Object fact : firing.matched()) {
                if (fact instanceof Usage one) {
                    usage.put(one.resource(), one);
                }
            }
        }
        heading("What was seen");
        if (usage.isEmpty()) {
            line("  no use of any resource");
        }
        usage.forEach((resource, u) -> line(
                "  %-16s mean %s, 95 %% of the time up to %s, 99 %% up to %s, never above %s %s"
                        + " (%s samples in %s days, %s covered)",
                resource.label(),
                show(u.mean()),
                show(u.p95()),
                show(u.p99()),
                show(u.max()),
                resource.unit(),
                u.samples(),
                show(u.windowDays()),
                percent(u.coverage())));
    }

    private void required() {
        heading("What it must have");
        Map<Requirement, String> requirements = new IdentityHashMap<>();
        List<Requirement> inOrder = new ArrayList<>();
        for (Firing firing : decision.trace().firings()) {
            // What a module states is matched before any rule concluded it.
            for (Object fact : firing.matched()) {
                if (fact instanceof Requirement stated && requirements.putIfAbsent(stated, "") == null) {
                    inOrder.add(stated);
                }
            }
            for (Object fact : firing.concluded()) {
                if (fact instanceof Requirement concluded
                        && requirements.putIfAbsent(concluded, "  [" + firing.rule() + "]") == null) {
                    inOrder.add(concluded);
                }
            }
        }
        for (Requirement requirement : inOrder) {
            line("  %-28s %s%s", requirement.text(), requirement.source(), requirements.getOrDefault(requirement, ""));
        }
        if (inOrder.isEmpty()) {
            line("  nothing is required of it");
        }
    }

    private void needs() {
        heading("What should change");
        if (decision.needs().isEmpty()) {
            line("  nothing");
        }
        for (Decision.Attributed<Need> need : decision.needs()) {
            line(
                    "  %s%s  [%s: %s]",
                    need.what().obligation() ? "must: " : "",
                    need.what().why(),
                    need.rule(),
                    ruleName.apply(need.rule()));
        }
    }

    private void targets() {
        if (decision.needs().isEmpty()) {
            return;
        }
        heading("Which targets were considered");
        if (decision.considered() > 0) {
            line("  the %d cheapest that support all of it, one by one", decision.considered());
        } else {
            line("  none: no target supports all of it");
        }
        if (!decision.excluded().isEmpty()) {
            line("  the others by number; one that misses several things is counted under each:");
        }
        for (Excluded one : decision.excluded()) {
            line("  %5d ruled out by %-26s %s", one.targets(), one.constraint(), one.source());
        }
        if (!decision.rejected().isEmpty()) {
            heading("Why the nearest others fell");
        }
        int shown = 0;
        for (Rejection one : decision.rejected()) {
            if (shown++ < SHOWN_REJECTIONS) {
                line("  %s: %s%s", one.target().id(), one.why(), one.rule().isEmpty() ? "" : "  [" + one.rule() + "]");
            }
        }
        if (shown > SHOWN_REJECTIONS) {
            line("  and %d more", shown - SHOWN_REJECTIONS);
        }
    }

    private void choice() {
        heading("What was chosen");
        String chooser = decision.trace().chooser();
        line(
                "  %s: %s%s",
                decision.action().key(),
                decision.why(),
                chooser.isEmpty() ? "" : "  [" + chooser + ": " + ruleName.apply(chooser) + "]");
        Projection projection = decision.projection();
        if (projection != null) {
            target(projection);
        } else if (decision.instantiation() != null) {
            line(
                    "  a new machine for %s an hour, %s a month",
                    dollars(decision.instantiation().priceUsdHour()), saving());
            for (Resource resource : Resource.values()) {
                double amount =
                        decision.instantiation().configuration().minimum().of(resource);
                if (amount > 0) {
                    line("    at least %s %s", show(amount), resource.unit());
                }
            }
            decision.instantiation()
                    .configuration()
                    .qualities()
                    .forEach(quality -> line("    %s (%s)", quality.text(), quality.source()));
        }
    }

    private void target(Projection projection) {
        Target target = projection.target();
        line(
                "  %s: %s vCPU, %s GiB, %s a month instead of %s, %s",
                target.id(),
                show(target.capacity().vcpu()),
                show(target.capacity().memoryGib()),
                dollars(projection.priceUsdMonth()),
                dollars(decision.priceUsdMonthNow()),
                saving());
        for (ResourceProjection one : projection.resources()) {
            line(
                    "    %-16s 95 %% of the time up to %s full, 99 %% up to %s, saturated %s hours a month",
                    one.resource().label(), percent(one.p95()), percent(one.p99()), show(one.saturatedHoursMonth()));
        }
        for (Decision.Attributed<Benefit> benefit : decision.benefits()) {
            line(
                    "    brings %s %s, worth %s a month  [%s]",
                    show(benefit.what().amount()),
                    benefit.what().unit(),
                    dollars(benefit.what().worthUsdMonth()),
                    benefit.rule());
        }
        line(
                "    risk %s of 4%s",
                show(projection.risk()),
                projection.riskResource() == null
                        ? ""
                        : ", from " + projection.riskResource().label());
    }

    private String saving() {
        double saving = decision.savingUsdMonth();
        return saving < 0 ? "costing " + dollars(-saving) + " more" : "saving " + dollars(saving);
    }

    private void heading(String text) {
        out.append('\n').append(text).append('\n');
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(java.util.Locale.ROOT, format, arguments).stripTrailing())
                .append('\n');
    }
}
