package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.decision.FactReader;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A catalogue and its business model as they are digested and stored: a line of canonical JSON for each.
 *
 * @param targets in the catalogue's order
 * @param pricing the business model
 */
public record CatalogContent(List<Target> targets, Pricing pricing) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Copies the list. */
    public CatalogContent {
        targets = List.copyOf(targets);
    }

    /** A line for each target in the catalogue's order, then one, without an end, for the business model. */
    static byte[] write(Collection<Target> targets, Pricing pricing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        for (Target target : targets) {
            out.writeBytes(CanonicalJson.bytes(FactJson.target(target)));
            out.write('\n');
        }
        out.writeBytes(CanonicalJson.bytes(FactJson.pricing(pricing)));
        return out.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException with the line that cannot be read
     */
    public static CatalogContent read(byte[] content) {
        List<JsonNode> lines = lines(content);
        List<Target> targets = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size() - 1; i++) {
            try {
                targets.add(FactReader.target(lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new CatalogContent(targets, FactReader.pricing(lines.get(lines.size() - 1)));
    }

    /** The JSON of each line, at least one; throws {@link IllegalArgumentException} with the line that is none. */
    static List<JsonNode> lines(byte[] content) {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : new String(content, UTF_8).split("\n", -1)) {
            try {
                lines.add(MAPPER.readTree(line));
            } catch (IOException e) {
                throw new IllegalArgumentException("line " + (lines.size() + 1) + " is not JSON", e);
            }
        }
        return lines;
    }
}
