package io.regrade.pipeline;

import static io.regrade.fact.Numbers.dollars;
import static io.regrade.fact.Numbers.percent;
import static io.regrade.fact.Numbers.show;

import io.regrade.decision.Decision;
import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.pipeline.Counterfactual.Gap;
import io.regrade.pipeline.Counterfactual.Numeric;
import io.regrade.pipeline.Counterfactual.Outcome;
import io.regrade.pipeline.TurnSearch.Turn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How counterfactuals are said. */
final class CounterfactualWords {

    private static final double HOURS_A_MONTH = 730;

    private CounterfactualWords() {}

    /** What becomes of the decision. */
    static String sentence(Decision before, Decision after) {
        Target then = before.target();
        String instead = then != null && after.target() != null ? " instead of " + then.id() : "";
        return "becomes " + Outcome.of(after).text() + instead;
    }

    /** At which number. */
    static String condition(Quantity quantity, Numeric change) {
        boolean up = change.to() > change.from();
        String verb = up ? " exceeds " : " falls below ";
        Gap gap = change.gap();
        if (gap != null) {
            boolean grows = gap.to() > gap.from();
            return "the price gap to " + gap.target() + (grows ? " exceeds " : " falls below ")
                    + dollars(gap.unchangedAt()) + " a month (now " + dollars(gap.from()) + "): " + quantity.words()
                    + verb + price(change.unchangedAt()) + " (now " + price(change.from()) + ")";
        }
        if (change.capacity() > 0) {
            return quantity.words() + verb + percent(change.unchangedAt() / change.capacity()) + " of capacity ("
                    + show(change.unchangedAt()) + " of " + show(change.capacity()) + " " + quantity.unit() + "; now "
                    + show(change.from()) + ")";
        }
        return quantity.words() + verb + show(change.unchangedAt()) + " " + quantity.unit() + " (now "
                + show(change.from()) + ")";
    }

    /** A price an hour, which is cents and less. */
    private static String price(double usdHour) {
        return "$" + show(usdHour) + " an hour";
    }

    /** What the machine has of the resource whose use is varied, NaN for anything else. */
    static double capacity(Quantity quantity, Decision decision) {
        Resource resource = quantity.fact().startsWith("usage.")
                ? Attribute.byKey(quantity.fact().substring("usage.".length()).toLowerCase(Locale.ROOT))
                        .map(Attribute::resource)
                        .orElse(null)
                : null;
        return resource == null ? Double.NaN : decision.vm().capacity().of(resource);
    }

    /** The gap between the machine's price and that of the target that is left or taken; null when it is about no price. */
    static @Nullable Gap gap(Quantity quantity, Turn turn, Decision decision) {
        boolean current = quantity.fact().equals("price.current");
        if (!current && !quantity.fact().equals("price.chosen")) {
            return null;
        }
        Target other =
                decision.target() != null ? decision.target() : turn.decision().target();
        double now = decision.vm().priceUsdHour();
        if (other == null || Double.isNaN(now) || Double.isNaN(other.priceUsdHour())) {
            return null;
        }
        double same = current ? turn.same() - other.priceUsdHour() : now - turn.same();
        double turned = current ? turn.turned() - other.priceUsdHour() : now - turn.turned();
        return new Gap(
                other.id(), (now - other.priceUsdHour()) * HOURS_A_MONTH, same * HOURS_A_MONTH, turned * HOURS_A_MONTH);
    }
}
