package io.regrade.pipeline.manifest;

import io.regrade.fact.Attribute;
import io.regrade.fact.Numbers;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Declaration;
import io.regrade.intake.manifest.found.FoundModule;
import io.regrade.intake.manifest.found.FoundRequirement;
import io.regrade.intake.manifest.found.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares what manifests declare with what is known of a machine and with what it was seen to use. */
public final class Conflicts {

    /** Use that never came above this share of what is declared is worth telling. */
    private static final double FAR_BELOW = 0.5;

    private final VmFacts facts;
    private final List<Conflict> found = new ArrayList<>();

    private Conflicts(VmFacts facts) {
        this.facts = facts;
    }

    /** What does not fit, in the order of the manifest. */
    public static List<Conflict> of(Analysis analysis, VmFacts facts) {
        Conflicts conflicts = new Conflicts(facts);
        Declared.of(analysis, facts.vm()).forEach(conflicts::compare);
        analysis.modules().forEach(conflicts::compare);
        return List.copyOf(conflicts.found);
    }

    private void compare(Declaration declared) {
        Resource resource = declared.attribute().resource();
        String subject = declared.system();
        if (resource != null) {
            double has = facts.vm().capacity().of(resource);
            if (!Double.isNaN(has) && Math.abs(has - declared.amount()) > 0.01 * Math.max(has, declared.amount())) {
                add(
                        declared.attribute(),
                        subject,
                        "declares " + amount(declared.amount(), resource) + ", the machine has "
                                + amount(has, resource),
                        declared.place());
            }
            compare("declares ", resource, declared.amount(), subject, declared.place());
            return;
        }
        Vm vm = facts.vm();
        if (declared.attribute() == Attribute.ARCH
                && vm.arch() != null
                && !vm.arch().equalsIgnoreCase(declared.value())) {
            other(declared, vm.arch());
        } else if (declared.attribute() == Attribute.OS && vm.os() != null && differs(declared.value(), vm.os())) {
            other(declared, vm.os().toString());
        } else if (declared.attribute() == Attribute.FEATURE
                && !vm.features().isEmpty()
                && !vm.features().contains(declared.value().toLowerCase(Locale.ROOT))) {
            other(declared, String.join(";", vm.features()));
        }
    }

    private static boolean differs(String declared, OperatingSystem known) {
        try {
            OperatingSystem said = OperatingSystem.parse(declared);
            return !said.canRun(known) && !known.canRun(said);
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private void compare(FoundModule module) {
        for (FoundRequirement one : module.requires()) {
            Requirement requirement = one.requirement();
            Resource resource = requirement.attribute().resource();
            if (resource != null && requirement.operator() == Requirement.Operator.GE) {
                compare("requires ", resource, requirement.amount(), module.name(), one.place());
            } else if (requirement.metBy(facts.vm()) == Requirement.Met.NO) {
                add(
                        requirement.attribute(),
                        module.name(),
                        "requires " + requirement.text() + ", which the machine does not offer",
                        one.place());
            }
        }
    }

    private void compare(String verb, Resource resource, double amount, String subject, Place place) {
        Usage usage = facts.usage(resource);
        if (usage == null || Double.isNaN(amount)) {
            return;
        }
        if (usage.max() <= FAR_BELOW * amount) {
            add(
                    Attribute.of(resource),
                    subject,
                    verb + amount(amount, resource) + ", never above " + amount(usage.max(), resource) + days(usage),
                    place);
        } else if (usage.max() > amount && verb.startsWith("declares")) {
            add(
                    Attribute.of(resource),
                    subject,
                    verb + amount(amount, resource) + ", but up to " + amount(usage.max(), resource) + " were used"
                            + days(usage),
                    place);
        }
    }

    private static String days(Usage usage) {
        return " in " + Numbers.show(usage.windowDays()) + " days";
    }

    private static String amount(double amount, Resource resource) {
        return Numbers.show(amount) + " " + resource.unit();
    }

    private void other(Declaration declared, String known) {
        add(
                declared.attribute(),
                declared.system(),
                "declares " + declared.attribute().key() + " " + declared.value() + ", known is " + known,
                declared.place());
    }

    private void add(Attribute attribute, String subject, String text, Place place) {
        found.add(new Conflict(attribute, subject, text, place));
    }
}
