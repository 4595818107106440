package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.fact.Limit;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.Counterfactuals.Unvaried;
import io.regrade.policy.Parameter;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What can be varied of what a decision was made of, one thing at a time, in a fixed order. */
final class Variations {

    /** How many times as much, or as little, is tried at most. */
    static final double WIDEST = 100;

    /**
     * Something that can be left out or taken away.
     *
     * @param fact which fact
     * @param field which field of it
     * @param from what is there
     * @param words how a sentence says that it is not
     * @param without the circumstances without it
     */
    record Removal(String fact, String field, String from, String words, Circumstances without) {}

    final List<Quantity> quantities = new ArrayList<>();
    final List<Removal> removals = new ArrayList<>();
    final List<Unvaried> unvaried = new ArrayList<>();

    private final Circumstances actual;
    private final VmFacts facts;
    private final Decision decision;

    /**
     * Lists them.
     *
     * @param decision what is decided in the actual circumstances
     * @param policy whose parameters are varied within their bounds
     */
    Variations(Circumstances actual, Decision decision, PolicyBundle policy) {
        this.actual = actual;
        this.facts = actual.facts();
        this.decision = decision;
        facts.usage().stream().sorted(Comparator.comparing(Usage::resource)).forEach(usage -> usage(usage, policy));
        currentPrice();
        if (decision.target() != null) {
            chosen(decision.target());
        }
        if (facts.sla() != null) {
            new AgreementVariations(actual, facts.sla(), quantities, removals).add();
        }
        policy.parameters().forEach(this::parameter);
        facts.modules().forEach(this::module);
    }

    /** Leaves only what is about these facts. */
    void keep(Predicate<String> fact) {
        quantities.removeIf(one -> !fact.test(one.fact()));
        removals.removeIf(one -> !fact.test(one.fact()));
        unvaried.removeIf(one -> !fact.test(one.fact()));
    }

    /** The names of all facts, each once, in order. */
    List<String> facts() {
        List<String> names = new ArrayList<>();
        quantities.forEach(one -> names.add(one.fact()));
        removals.forEach(one -> names.add(one.fact()));
        unvaried.forEach(one -> names.add(one.fact()));
        return names.stream().distinct().toList();
    }

    private void usage(Usage usage, PolicyBundle policy) {
        String fact = "usage." + usage.resource().key();
        Percentile percentile = Percentile.readByRules(usage, decision.trace(), policy.rules());
        double value = percentile.of(usage);
        double capacity = decision.vm().capacity().of(usage.resource());
        String words = percentile.words(usage.resource());
        String unit = usage.resource().unit();
        if (value > 0) {
            double ceiling = Double.isNaN(capacity) ? Double.POSITIVE_INFINITY : Math.max(capacity, usage.max());
            quantities.add(Quantity.scaled(
                    fact,
                    percentile.key(),
                    unit,
                    words,
                    value,
                    value / WIDEST,
                    Math.min(value * WIDEST, ceiling),
                    factor -> actual.with(with(usage, usage.scaled(factor, ceiling)))));
        } else if (value == 0 && capacity > 0) {
            quantities.add(Quantity.plain(
                    fact,
                    percentile.key(),
                    unit,
                    words,
                    0,
                    0,
                    capacity,
                    floor -> actual.with(with(usage, usage.raisedTo(floor)))));
        } else {
            String what = value == 0 ? "it is zero, and what the machine has is unknown" : "it is unknown";
            unvaried.add(new Unvaried(fact, what));
        }
    }

    /** Another use of one resource, and with it another share in what the group carries. */
    private VmFacts with(Usage usage, Usage other) {
        List<Usage> usages = new ArrayList<>(facts.usage());
        usages.replaceAll(one -> one == usage ? other : one);
        List<Redundancy> groups = new ArrayList<>(facts.redundancy());
        groups.replaceAll(one -> one.resource() == usage.resource()
                ? new Redundancy(
                        one.group(), one.members(), one.resource(), one.groupPeak() - usage.p99() + other.p99())
                : one);
        return new VmFacts(
                facts.vm(), usages, facts.modules(), facts.sla(), groups, facts.dismissals(), facts.counterOffer());
    }

    private void currentPrice() {
        Vm vm = facts.vm();
        double price = vm.priceUsdHour();
        if (Double.isNaN(price)) {
            unvaried.add(new Unvaried("price.current", "what the machine costs is unknown"));
            return;
        }
        quantities.add(Quantity.plain(
                "price.current",
                "price_usd_hour",
                "USD/hour",
                "what the machine costs",
                price,
                0,
                price * WIDEST,
                other -> actual.with(new VmFacts(
                        vm.withPrice(other),
                        facts.usage(),
                        facts.modules(),
                        facts.sla(),
                        facts.redundancy(),
                        facts.dismissals(),
                        facts.counterOffer()))));
    }

    private void chosen(Target target) {
        double price = target.priceUsdHour();
        if (Double.isNaN(price)) {
            unvaried.add(new Unvaried("price.chosen", "what " + target.id() + " costs is unknown"));
        } else {
            quantities.add(Quantity.plain(
                    "price.chosen",
                    "price_usd_hour",
                    "USD/hour",
                    "what " + target.id() + " costs",
                    price,
                    0,
                    price * WIDEST,
                    other -> actual.with(target.offered(other, target.available()))));
        }
        removals.add(new Removal(
                "target." + target.id(),
                "available",
                target.available() == null ? "unlimited" : target.available().toString(),
                "no " + target.id() + " can be had",
                actual.with(target.offered(price, 0))));
    }

    private void parameter(Parameter parameter) {
        for (Limit limit : actual.limits()) {
            if (limit.name().equals(parameter.name())) {
                quantities.add(Quantity.plain(
                        "parameter." + limit.name(),
                        "value",
                        limit.unit(),
                        "the policy's " + limit.name(),
                        limit.value(),
                        parameter.min(),
                        parameter.max(),
                        other -> actual.with(limits(limit, other))));
            }
        }
    }

    private List<Limit> limits(Limit limit, double value) {
        List<Limit> others = new ArrayList<>(actual.limits());
        others.replaceAll(one -> one == limit ? new Limit(limit.name(), value, limit.unit()) : one);
        return others;
    }

    private void module(SoftwareModule module) {
        for (Requirement requirement : module.requires()) {
            List<SoftwareModule> modules = new ArrayList<>(facts.modules());
            modules.replaceAll(one -> one == module ? without(module, requirement) : one);
            removals.add(new Removal(
                    "module." + module.name(),
                    "requires",
                    requirement.text(),
                    SoftwareModule.source(module.name(), module.version()) + " does not require " + requirement.text(),
                    actual.with(new VmFacts(
                            facts.vm(),
                            facts.usage(),
                            modules,
                            facts.sla(),
                            facts.redundancy(),
                            facts.dismissals(),
                            facts.counterOffer()))));
        }
    }

    private static SoftwareModule without(SoftwareModule module, Requirement requirement) {
        return new SoftwareModule(
                module.name(),
                module.version(),
                module.requires().stream().filter(one -> one != requirement).toList());
    }
}
