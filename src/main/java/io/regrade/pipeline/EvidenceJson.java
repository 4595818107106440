package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.ledger.Evidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Evidence as one document, so that whoever has it can repeat the decision with nothing else: {@code decision}, {@code
 * facts}, {@code policy} (text by file), {@code catalogue} ({@code targets} and {@code pricing}), {@code decided_at},
 * {@code engine}. Digests are made of the canonical form of facts and catalogue, so white space does not matter.
 */
public final class EvidenceJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EvidenceJson() {}

    /**
     * Writes evidence.
     *
     * @throws EvidenceException when the stored facts or the stored catalogue are no JSON
     */
    public static ObjectNode write(Evidence evidence) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("decision", evidence.decision());
        node.set("facts", facts(evidence.facts()));
        ObjectNode policy = node.putObject("policy");
        evidence.policyFiles().forEach(policy::put);
        List<JsonNode> lines = lines(evidence.catalog());
        ObjectNode catalogue = node.putObject("catalogue");
        ArrayNode targets = catalogue.putArray("targets");
        targets.addAll(lines.subList(0, lines.size() - 1));
        catalogue.set("pricing", lines.get(lines.size() - 1));
        node.put("decided_at", evidence.decidedAt().toString());
        node.put("engine", evidence.engine());
        return node;
    }

    /**
     * Reads evidence.
     *
     * @throws EvidenceException with the first part that is missing or in another form
     */
    public static Evidence read(JsonNode node) {
        JsonNode decision = part(node, "decision");
        JsonNode catalogue = part(node, "catalogue");
        ByteArrayOutputStream catalog = new ByteArrayOutputStream(1 << 16);
        for (JsonNode target : catalogue.path("targets")) {
            catalog.writeBytes(CanonicalJson.bytes(target));
            catalog.write('\n');
        }
        catalog.writeBytes(CanonicalJson.bytes(part(catalogue, "pricing")));
        SortedMap<String, String> files = new TreeMap<>();
        part(node, "policy")
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        return new Evidence(
                (ObjectNode) decision,
                CanonicalJson.bytes(part(node, "facts")),
                files,
                catalog.toByteArray(),
                time(node),
                node.path("engine").asText());
    }

    /** The JSON of stored facts; throws {@link EvidenceException} when they are none. */
    static JsonNode facts(byte[] facts) {
        try {
            return MAPPER.readTree(facts);
        } catch (IOException e) {
            throw new EvidenceException("the facts are not JSON", e);
        }
    }

    private static List<JsonNode> lines(byte[] catalog) {
        try {
            return CatalogContent.lines(catalog);
        } catch (IllegalArgumentException e) {
            throw new EvidenceException("the catalogue cannot be read: " + e.getMessage(), e);
        }
    }

    private static JsonNode part(JsonNode node, String name) {
        JsonNode part = node.get(name);
        if (part == null || !part.isObject()) {
            throw new EvidenceException(
                    "`" + name + "` is missing. Maybe this is no answer of" + " `GET /v1/decisions/{id}/evidence`");
        }
        return part;
    }

    private static Instant time(JsonNode node) {
        String text = node.path("decided_at").asText();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new EvidenceException("`decided_at` is no time: `" + text + "`", e);
        }
    }

    /**
     * Reads an evidence document.
     *
     * @throws EvidenceException when it is none
     */
    public static Evidence read(byte[] document) {
        try {
            return read(MAPPER.readTree(document));
        } catch (IOException e) {
            String why = e instanceof com.fasterxml.jackson.core.JsonProcessingException json
                    ? "line "
                            + (json.getLocation() == null
                                    ? 0
                                    : json.getLocation().getLineNr())
                    : new String(document, 0, Math.min(document.length, 40), UTF_8);
            throw new EvidenceException("this is not JSON: " + why, e);
        }
    }
}
