package io.regrade.bench;

import static io.regrade.bench.EvreteRules.conclude;
import static io.regrade.bench.EvreteRules.on;

import io.regrade.fact.Attribute;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.Vm;
import java.util.function.Function;
import java.util.function.Predicate;
import org.evrete.api.Knowledge;
import org.evrete.api.builders.RuleSetBuilder;

/** The phase {@code constrain} in Evrete. */
final class EvreteConstrain {

    private EvreteConstrain() {}

    static void rules(RuleSetBuilder<Knowledge> rules) {
        kept(
                rules,
                "arch-kept",
                s -> !s.changing().contains(Attribute.ARCH),
                Vm::arch,
                (arch) -> Requirement.equal(
                        Attribute.ARCH, arch.toString(), "the software was built for this architecture"));
        kept(
                rules,
                "os-kept",
                s -> !s.changing().contains(Attribute.OS),
                Vm::os,
                os -> Requirement.equal(Attribute.OS, os.toString(), "the operating system stays"));
        rules.newRule("features-kept")
                .forEach("$vm", Vm.class)
                .where(on(o -> !((Vm) o[0]).features().isEmpty()), "$vm")
                .execute(c -> c.<Vm>get("$vm")
                        .features()
                        .forEach(feature -> conclude(
                                c, Requirement.equal(Attribute.FEATURE, feature, "the machine has it today"), "$vm")));
        rules.newRule("gpu-kept")
                .forEach("$vm", Vm.class)
                .where(on(o -> ((Vm) o[0]).capacity().gpu() > 0), "$vm")
                .execute(c -> conclude(
                        c,
                        Requirement.atLeast(
                                Resource.GPU, c.<Vm>get("$vm").capacity().gpu(), "the machine has them today"),
                        "$vm"));
        allowed(rules, "cloud-allowed", Attribute.CLOUD, Sla::clouds, "the clouds the owner allows");
        kept(
                rules,
                "cloud-kept",
                s -> !s.clouds(),
                Vm::cloud,
                cloud -> Requirement.equal(Attribute.CLOUD, cloud.toString(), "the owner allows no other cloud"));
        allowed(rules, "region-allowed", Attribute.REGION, Sla::regions, "the regions the owner allows");
        kept(
                rules,
                "region-kept",
                s -> !s.clouds() && !s.regions(),
                Vm::region,
                region -> Requirement.equal(Attribute.REGION, region.toString(), "the owner allows no other region"));
        allowed(rules, "family-allowed", Attribute.FAMILY, Sla::families, "the families the owner allows");
    }

    private static void kept(
            RuleSetBuilder<Knowledge> rules,
            String id,
            Predicate<EvreteSummary> stays,
            Function<Vm, Object> what,
            Function<Object, Requirement> requirement) {
        rules.newRule(id)
                .forEach("$vm", Vm.class, "$s", EvreteSummary.class)
                .where(on(o -> what.apply((Vm) o[0]) != null), "$vm")
                .where(on(o -> stays.test((EvreteSummary) o[0])), "$s")
                .execute(c -> conclude(c, requirement.apply(what.apply(c.get("$vm"))), "$vm"));
    }

    private static void allowed(
            RuleSetBuilder<Knowledge> rules,
            String id,
            Attribute attribute,
            Function<Sla, String> alternatives,
            String source) {
        rules.newRule(id)
                .forEach("$sla", Sla.class)
                .where(on(o -> !alternatives.apply((Sla) o[0]).isEmpty()), "$sla")
                .execute(c ->
                        conclude(c, Requirement.equal(attribute, alternatives.apply(c.get("$sla")), source), "$sla"));
    }
}
