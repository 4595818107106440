package io.regrade.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The project's own compose file. */
final class Compose {

    static final Path FILE = Path.of("docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

    private Compose() {}

    static JsonNode read() throws IOException {
        return Yaml.read(FILE);
    }

    static Map<String, JsonNode> services() throws IOException {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        read().get("services").fields().forEachRemaining(each -> services.put(each.getKey(), each.getValue()));
        return services;
    }

    /** The texts of a list. */
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /** A text with its variables at their defaults. */
    static String byDefault(String text) {
        return VARIABLE.matcher(text).replaceAll("$1");
    }
}
