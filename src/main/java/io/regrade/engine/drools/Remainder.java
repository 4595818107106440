package io.regrade.engine.drools;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.Place;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules of a policy that nothing is wrong with so far: what Drools has to say of them is not to be hidden. */
final class Remainder {

    private Remainder() {}

    /** The rules that an error is about; one above the first rule of a file is about all of them. */
    static Set<RuleStructure> wrong(PolicyStructure structure, List<Diagnostic> problems) {
        Set<RuleStructure> wrong = new HashSet<>();
        for (Diagnostic problem : problems) {
            if (problem.isError()) {
                structure.rules().stream()
                        .filter(rule -> isBefore(rule.place(), problem))
                        .reduce((earlier, later) -> later)
                        .ifPresentOrElse(
                                wrong::add,
                                () -> structure.rules().stream()
                                        .filter(rule -> rule.place().file().equals(problem.file()))
                                        .forEach(wrong::add));
            }
        }
        return wrong;
    }

    /**
     * The policy with only these rules, the others blanked; every line and column stays where it is. A row of a decision
     * table cannot be left out, so a table of which a row is not kept is left out as a whole.
     */
    static PolicyBundle of(PolicyBundle policy, PolicyStructure structure, Set<RuleStructure> kept) {
        SortedMap<String, String> files = new TreeMap<>(policy.files());
        Set<String> needed = new HashSet<>();
        Set<String> left = new HashSet<>();
        for (RuleStructure rule : structure.rules()) {
            Place place = rule.place();
            if (kept.contains(rule)) {
                needed.add(place.file());
            } else if (place.offset() >= 0) {
                files.computeIfPresent(
                        place.file(),
                        (file, text) -> blanked(text, place.offset(), end(structure, place, text.length())));
            } else {
                left.add(place.file());
            }
        }
        needed.removeAll(left);
        files.keySet().retainAll(needed);
        return new PolicyBundle(
                policy.name(),
                policy.description(),
                policy.digest(),
                files,
                policy.rules(),
                policy.tests(),
                policy.parameters(),
                policy.written(),
                policy.limits());
    }

    private static boolean isBefore(Place place, Diagnostic problem) {
        return place.file().equals(problem.file()) && place.line() <= problem.line();
    }

    /** Where the next rule of its file begins. */
    static int end(PolicyStructure structure, Place start, int otherwise) {
        return structure.rules().stream()
                .map(RuleStructure::place)
                .filter(place -> place.file().equals(start.file()) && place.offset() > start.offset())
                .mapToInt(Place::offset)
                .min()
                .orElse(otherwise);
    }

    private static String blanked(String text, int from, int to) {
        return text.substring(0, from) + text.substring(from, to).replaceAll("[^\\r\\n]", " ") + text.substring(to);
    }
}
