package io.regrade.web.console;

import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recommendations.
 *
 * @param state those that are shown, as it is written; empty for all
 * @param vm of this machine; empty for all
 * @param owner of this owner's machines; empty for all
 * @param items what is on the page
 * @param next where the next page begins, null on the last
 */
public record RecommendationsPage(
        String state,
        String vm,
        String owner,
        List<Recommendation> items,
        @Nullable String next) {

    /** The states that can be asked for. */
    public List<State> states() {
        return List.of(State.values());
    }

    /** The address of those in a state; of all when it is empty. */
    public String in(String other) {
        return "/recommendations?state=" + (other.isEmpty() ? "all" : other) + part("vm", vm) + part("owner", owner);
    }

    /** The address of the next page. */
    public String more() {
        return in(state) + part("cursor", next == null ? "" : next);
    }

    /** What a recommendation says of a value that was erased or never there: nothing. */
    public static String word(Recommendation one, String field) {
        return one.advice() == null ? "" : one.advice().path(field).asText("");
    }

    /** The risk that a recommendation tells, 0 to 4; NaN when it tells none. */
    public static double risk(Recommendation one) {
        return one.advice() == null
                ? Double.NaN
                : one.advice().path("risk_level").asDouble(Double.NaN);
    }

    private static String part(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
