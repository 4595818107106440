package io.regrade.engine;

import io.regrade.fact.Benefit;
import io.regrade.fact.Choice;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Need;
import io.regrade.fact.Requirement;
import io.regrade.fact.Veto;
import org.jspecify.annotations.Nullable;

/** How long the texts of a conclusion are, which a decision and its record write out. */
public final class ConcludedText {

    private ConcludedText() {}

    /** Characters of all texts of a conclusion; 0 for what is none. */
    public static long of(Object concluded) {
        if (concluded instanceof Need need) {
            return sum(need.from(), need.to(), need.why());
        } else if (concluded instanceof Requirement requirement) {
            return sum(requirement.value(), requirement.source());
        } else if (concluded instanceof Veto veto) {
            return sum(veto.why(), veto.unit());
        } else if (concluded instanceof Benefit benefit) {
            return sum(benefit.unit());
        } else if (concluded instanceof Choice choice) {
            return sum(choice.why());
        } else if (concluded instanceof LifeCycle lifeCycle) {
            return sum(lifeCycle.series(), lifeCycle.successor());
        }
        return concluded instanceof String text ? text.length() : 0;
    }

    private static long sum(@Nullable String... texts) {
        long sum = 0;
        for (String text : texts) {
            sum += text == null ? 0 : text.length();
        }
        return sum;
    }
}
