package io.regrade.pipeline.planning;

import io.regrade.fact.Numbers;
import io.regrade.plan.FleetPlan;
import io.regrade.plan.FleetPlan.Instead;

/** A plan in sentences. */
public final class PlanWords {

    private static final String[] ORDINALS = {"first", "second", "third", "fourth", "fifth"};

    private PlanWords() {}

    /** Why a machine moves where it does. */
    public static String why(FleetPlan.Move move) {
        Instead instead = move.instead();
        return instead == null
                ? move.option().why()
                : move.mover().vm().id() + " gets its " + ordinal(move.choice()) + " choice because " + scarce(instead)
                        + "; the first is worth " + worth(instead);
    }

    /** Why a machine stays though it would move. */
    public static String why(FleetPlan.Stay stay) {
        String id = stay.mover().vm().id();
        return stay.mover().obliged()
                ? id + " must change and cannot, because " + scarce(stay.instead())
                : id + " stays because " + scarce(stay.instead()) + "; moving is worth " + worth(stay.instead());
    }

    private static String ordinal(int place) {
        return place <= ORDINALS.length ? ORDINALS[place - 1] : place + "th";
    }

    private static String scarce(Instead instead) {
        return instead.scarce().isEmpty()
                ? "others need what it would take more"
                : instead.scarce() + " has no more " + instead.unit();
    }

    private static String worth(Instead instead) {
        return Numbers.dollars(instead.usdMonth()) + " a month more";
    }
}
