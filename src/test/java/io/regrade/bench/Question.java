package io.regrade.bench;

import io.regrade.fact.Action;
import io.regrade.ledger.Decisions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of decisions that is asked for: the filters, by the names of the query's parameters.
 *
 * @param filters what is asked for
 */
record Question(Map<String, String> filters) {

    Question {
        filters = new TreeMap<>(filters);
    }

    /** As the path and query of a request. */
    String uri() {
        StringBuilder uri = new StringBuilder("/v1/decisions");
        char separator = '?';
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            uri.append(separator)
                    .append(filter.getKey())
                    .append('=')
                    .append(URLEncoder.encode(filter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return uri.toString();
    }

    /** With one filter more. */
    Question with(String name, String value) {
        Map<String, String> more = new TreeMap<>(filters);
        more.put(name, value);
        return new Question(more);
    }

    /** As the ledger is asked. */
    Decisions.Filter filter() {
        return new Decisions.Filter(
                filters.get("vm"),
                action(filters.get("action")),
                filters.get("rule"),
                filters.get("target"),
                filters.get("policy"),
                filters.get("owner"),
                filters.get("evaluation"),
                moment(filters.get("from")),
                moment(filters.get("until")),
                filters.containsKey("min_saving_usd_month")
                        ? Double.valueOf(filters.get("min_saving_usd_month"))
                        : null);
    }

    private static @Nullable Instant moment(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable Action action(@Nullable String key) {
        for (Action action : Action.values()) {
            if (action.key().equals(key)) {
                return action;
            }
        }
        return null;
    }
}
