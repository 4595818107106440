package io.regrade.plan;

import io.regrade.fact.Vm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine that is to be planned, with its decision. Immutable.
 *
 * @param decision the id of its decision
 * @param vm the machine
 * @param obliged whether it must not stay as it is
 * @param window when it may be moved, as was agreed; null for any time
 * @param priceUsdMonth what it costs today, US dollars a month; NaN when unknown
 * @param options where the rules would move it, best first by their ranking; empty when it stays
 */
public record Mover(
        String decision, Vm vm, boolean obliged, @Nullable String window, double priceUsdMonth, List<Option> options) {

    /** The tag that names machines which have to be moved before: ids, separated by {@code ,}. */
    public static final String AFTER = "after";

    /** Copies the options. */
    public Mover {
        options = List.copyOf(options);
    }

    /** The ids of machines that have to be moved before it. */
    List<String> after() {
        String text = vm.tag(AFTER);
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}
