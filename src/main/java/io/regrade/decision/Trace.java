package io.regrade.decision;

import io.regrade.fact.Choice;
import java.util.List;

/**
 * Every rule that fired for one decision, in order. Facts are shared by identity: what one firing concluded is what a
 * later one matched, down to the {@link io.regrade.fact.Usage} that the measurements gave.
 *
 * @param firings in the order they fired
 */
public record Trace(List<Firing> firings) {

    /** Nothing fired. */
    public static final Trace EMPTY = new Trace(List.of());

    /** Copies the list. */
    public Trace {
        firings = List.copyOf(firings);
    }

    /** The ids of the rules that fired, each once, in the order of their first firing. */
    public List<String> rules() {
        return firings.stream().map(Firing::rule).distinct().toList();
    }

    /** The first rule that chose what to do, or the empty text when no rule did. */
    public String chooser() {
        for (Firing firing : firings) {
            for (Object concluded : firing.concluded()) {
                if (concluded instanceof Choice) {
                    return firing.rule();
                }
            }
        }
        return "";
    }

    /** The rule that concluded this very fact, or the empty text when no rule did. */
    public String ruleOf(Object fact) {
        for (Firing firing : firings) {
            for (Object concluded : firing.concluded()) {
                if (concluded == fact) {
                    return firing.rule();
                }
            }
        }
        return "";
    }
}
