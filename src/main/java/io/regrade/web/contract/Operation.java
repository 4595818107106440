package io.regrade.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the contract.
 *
 * @param id its {@code operationId}
 * @param method such as {@code GET}
 * @param path with its parameters in braces, such as {@code /v1/vms/{id}}; {@code {name+}} stands for all that is left,
 *     with its slashes
 * @param parameters in the query, the path and the headers
 * @param bodies the schema of the body by media type; empty when there is no body
 * @param answers the media types and schemas of each status, which may have none
 */
public record Operation(
        String id,
        String method,
        String path,
        List<Parameter> parameters,
        Map<String, Schema> bodies,
        Map<Integer, Map<String, Schema>> answers) {

    /** The media types that the wanted answer comes in, the preferred one first; empty when it has no body. */
    public List<String> produces() {
        Set<String> types = new java.util.LinkedHashSet<>();
        answers.forEach((status, byType) -> {
            if (status < 300) {
                types.addAll(byType.keySet());
            }
        });
        return List.copyOf(types);
    }

    /** Whether a parameter is one of the query. */
    public boolean isInQuery(String parameter) {
        return parameters.stream()
                .anyMatch(one -> one.in() == Parameter.In.QUERY && one.name().equals(parameter));
    }

    /** Whether there is a body. */
    public boolean hasBody() {
        return !bodies.isEmpty();
    }

    /**
     * Reads and checks the parameters.
     *
     * @param query every parameter of the query with its values
     * @param others a path parameter or a header by name, null when it is not there
     * @param findings what is wrong is added here
     * @return the values by name, those left out with their default when they have one
     */
    public Map<String, JsonNode> read(
            Map<String, List<String>> query, Function<Parameter, @Nullable String> others, List<Finding> findings) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        List<String> known = new ArrayList<>();
        for (Parameter parameter : parameters) {
            List<String> given = List.of();
            if (parameter.in() == Parameter.In.QUERY) {
                known.add(parameter.name());
                given = query.getOrDefault(parameter.name(), List.of());
            } else {
                String text = others.apply(parameter);
                given = text == null ? List.of() : List.of(text);
            }
            if (given.size() > 1) {
                findings.add(Finding.parameter(parameter.name(), "`" + parameter.name() + "` is there twice"));
            } else if (given.size() == 1) {
                JsonNode value = parameter.read(given.get(0));
                parameter.check(value, findings);
                values.put(parameter.name(), value);
            } else if (parameter.byDefault() != null) {
                values.put(parameter.name(), parameter.byDefault());
            } else if (parameter.required()) {
                findings.add(Finding.parameter(parameter.name(), "`" + parameter.name() + "` is missing"));
            }
        }
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
                findings.add(Finding.parameter(
                        shown, "`" + shown + "` is not known here. Maybe " + Suggestion.nearest(shown, known)));
            }
        }
        return values;
    }
}
