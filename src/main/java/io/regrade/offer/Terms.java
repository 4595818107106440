package io.regrade.offer;

import io.regrade.fact.Window;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Under what terms a move is offered, or wanted. What is empty, NaN or null says nothing.
 *
 * @param windows when it may be done, each as {@link Window} reads it; any one of them will do
 * @param families the instance families it may be to, such as {@code m5}
 * @param maxPriceUsdMonth the most that the machine may cost after it, US dollars a month
 * @param notBefore it is not done before this moment
 */
public record Terms(
        List<String> windows,
        List<String> families,
        double maxPriceUsdMonth,
        @Nullable Instant notBefore) {

    /** Nothing is said. */
    public static final Terms NONE = new Terms(List.of(), List.of(), Double.NaN, null);

    /** Copies the lists. */
    public Terms {
        windows = List.copyOf(windows);
        families = List.copyOf(families);
    }

    /** Whether nothing is said. */
    public boolean isNothing() {
        return windows.isEmpty() && families.isEmpty() && Double.isNaN(maxPriceUsdMonth) && notBefore == null;
    }

    /** These terms with those of another side, which go before them where both say something. */
    public Terms with(Terms other) {
        return new Terms(
                other.windows.isEmpty() ? windows : other.windows,
                other.families.isEmpty() ? families : other.families,
                Double.isNaN(other.maxPriceUsdMonth) ? maxPriceUsdMonth : other.maxPriceUsdMonth,
                other.notBefore == null ? notBefore : other.notBefore);
    }
}
