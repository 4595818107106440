package io.regrade.web.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The audit log and the decisions in it.
 *
 * @param asked what was asked for, by parameter
 * @param decisions those that fit, newest first
 * @param next where the next page begins, null on the last
 * @param checkpoint the newest signed checkpoint
 * @param key what it is verified with
 * @param dropped how many decisions of the period were dropped because of their age
 */
public record AuditPage(
        Map<String, String> asked,
        List<ObjectNode> decisions,
        @Nullable String next,
        String checkpoint,
        String key,
        long dropped) {

    /** What can be asked for: the parameter, and what people call it. */
    public static final Map<String, String> FIELDS = fields();

    private static Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("vm", "Machine");
        fields.put("rule", "Rule");
        fields.put("target", "Target");
        fields.put("owner", "Owner");
        return Collections.unmodifiableMap(fields);
    }

    /** What was asked for of a parameter. */
    public String value(String name) {
        return asked.getOrDefault(name, "");
    }

    /** How many entries the log has, from the checkpoint. */
    public String size() {
        List<String> lines = checkpoint.lines().toList();
        return lines.size() > 1 ? lines.get(1) : Show.UNKNOWN;
    }

    /** The log's name, from the checkpoint. */
    public String origin() {
        return checkpoint.lines().findFirst().orElse(Show.UNKNOWN);
    }

    /** The address of the next page. */
    public String more() {
        return "/audit?" + query() + "&cursor=" + encode(next == null ? "" : next);
    }

    /** The address of the same as the API gives it. */
    public String export() {
        return "/v1/decisions?explain=summary&limit=1000" + (query().isEmpty() ? "" : "&" + query());
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        asked.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(encode(value)));
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
