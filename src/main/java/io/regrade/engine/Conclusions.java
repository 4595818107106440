package io.regrade.engine;

import io.regrade.decision.Firing;
import io.regrade.fact.Benefit;
import io.regrade.fact.Choice;
import io.regrade.fact.Need;
import io.regrade.fact.Requirement;
import io.regrade.fact.Veto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules have concluded so far about one machine, each with the rule that did, in the order of firing. */
final class Conclusions {

    record From<T>(String rule, T what) {}

    final List<Firing> firings = new ArrayList<>();
    final List<From<Requirement>> requirements = new ArrayList<>();
    final List<From<Need>> needs = new ArrayList<>();
    final List<From<Veto>> vetoes = new ArrayList<>();
    final List<From<Benefit>> benefits = new ArrayList<>();
    final List<From<Choice>> choices = new ArrayList<>();

    void add(List<Firing> more) {
        firings.addAll(more);
        for (Firing firing : more) {
            for (Object fact : firing.concluded()) {
                if (fact instanceof Requirement requirement) {
                    requirements.add(new From<>(firing.rule(), requirement));
                } else if (fact instanceof Need need) {
                    needs.add(new From<>(firing.rule(), need));
                } else if (fact instanceof Veto veto) {
                    vetoes.add(new From<>(firing.rule(), veto));
                } else if (fact instanceof Benefit benefit) {
                    benefits.add(new From<>(firing.rule(), benefit));
                } else if (fact instanceof Choice choice) {
                    choices.add(new From<>(firing.rule(), choice));
                }
            }
        }
    }

    /** The one thing the rules chose, or null when they chose nothing or several different things. */
    @Nullable
    From<Choice> chosen() {
        From<Choice> first = null;
        for (From<Choice> one : choices) {
            if (first != null
                    && (first.what().action() != one.what().action()
                            || first.what().target() != one.what().target())) {
                return null;
            }
            if (first == null || one.rule().compareTo(first.rule()) < 0) {
                first = one;
            }
        }
        return first;
    }
}
