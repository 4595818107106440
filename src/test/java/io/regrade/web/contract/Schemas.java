package io.regrade.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The named schemas of the contract, for answers that are checked without a server. */
public final class Schemas {

    private Schemas() {}

    /** What the contract finds in this: nothing when it has the fields of this schema, and no others. */
    public static List<Finding> findings(String schema, JsonNode node) throws IOException {
        try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream("/openapi.yaml"))) {
            JsonNode document =
                    new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(in));
            return new SchemaCompiler(document, true)
                    .compile(document.at("/components/schemas/" + schema))
                    .check(node);
        }
    }
}
