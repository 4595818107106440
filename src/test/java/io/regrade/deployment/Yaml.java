package io.regrade.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML files as trees, with anchors and merge keys resolved. */
final class Yaml {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Yaml() {}

    static JsonNode read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object value = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).load(Files.readString(file, UTF_8));
        return MAPPER.valueToTree(value);
    }
}
