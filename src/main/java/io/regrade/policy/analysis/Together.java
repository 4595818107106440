package io.regrade.policy.analysis;

import io.regrade.policy.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Comparisons of one rule, or of several, taken together: whether they can all hold. */
final class Together {

    private final LinearSystem system = new LinearSystem();
    private final Map<String, String> equal = new HashMap<>();
    private final Set<String> unequal = new HashSet<>();
    private final Set<String> texts = new HashSet<>();
    private final Set<String> variables = new HashSet<>();
    private boolean exact = true;
    private boolean contradictory;

    /**
     * Takes comparisons together.
     *
     * @param parameters whose bounds hold where a parameter may have any value
     */
    Together(List<Atom> atoms, List<Parameter> parameters) {
        atoms.forEach(this::add);
        for (Parameter parameter : parameters) {
            String name = "Limit[" + parameter.name() + "].value";
            if (variables.contains(name)) {
                system.add(Linear.of(name), ">=", Linear.of(parameter.min()));
                system.add(Linear.of(name), "<=", Linear.of(parameter.max()));
            }
        }
        FactLaws.add(system, variables);
    }

    private void add(Atom atom) {
        texts.add(atom.text());
        if (!atom.isOfAmounts()) {
            symbols(atom);
            return;
        }
        if (FactLaws.addSpareShare(system, atom)) {
            String demand = atom.left().text().replace(".spareShare", "");
            variables.addAll(List.of(demand + ".have", demand + ".required"));
            return;
        }
        exact &= atom.left().isExact()
                && atom.right().isExact()
                && !atom.operator().equals("!=");
        system.add(atom.left().linear(), atom.operator(), atom.right().linear());
        variables.addAll(atom.left().linear().factors().keySet());
        variables.addAll(atom.right().linear().factors().keySet());
    }

    private void symbols(Atom atom) {
        boolean turned = atom.left().isSymbol();
        String name = (turned ? atom.right() : atom.left()).text();
        Term constant = turned ? atom.left() : atom.right();
        if (!constant.isSymbol()) {
            exact = false;
            return;
        }
        exact &= (turned ? atom.right() : atom.left()).isExact();
        if (atom.operator().equals("==")) {
            String before = equal.put(name, constant.text());
            contradictory |= before != null && !before.equals(constant.text());
            contradictory |= unequal.contains(name + " " + constant.text());
        } else if (atom.operator().equals("!=")) {
            unequal.add(name + " " + constant.text());
            contradictory |= constant.text().equals(equal.get(name));
        } else {
            exact = false;
        }
    }

    /** Whether they cannot all hold: sure of it. */
    boolean areContradictory() {
        return contradictory || system.canHold() == LinearSystem.Answer.NO;
    }

    /** Whether nothing was left out of sight, so that an example is one. */
    boolean isExact() {
        return exact;
    }

    /** Amounts for which all hold. */
    Optional<Map<String, Double>> example() {
        return contradictory ? Optional.empty() : system.example();
    }

    /** Whether a comparison holds wherever these do. */
    boolean imply(Atom atom) {
        if (texts.contains(atom.text())) {
            return true;
        }
        if (!atom.isOfAmounts()) {
            return false;
        }
        return system.implies(
                atom.left().linear(), atom.operator(), atom.right().linear());
    }

    /** The fewest of some contradictory comparisons that are contradictory still. */
    static List<Atom> core(List<Atom> contradictory, List<Parameter> parameters) {
        List<Atom> core = new ArrayList<>(contradictory);
        for (Atom atom : contradictory) {
            List<Atom> without = new ArrayList<>(core);
            without.remove(atom);
            if (new Together(without, parameters).areContradictory()) {
                core = without;
            }
        }
        return core;
    }
}
