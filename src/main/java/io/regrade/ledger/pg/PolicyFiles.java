package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A policy's files as they are stored: canonical JSON, text by path. */
final class PolicyFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PolicyFiles() {}

    static byte[] bytes(Map<String, String> files) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        files.forEach(node::put);
        return CanonicalJson.bytes(node);
    }

    static SortedMap<String, String> of(byte[] content) throws SQLException {
        try {
            SortedMap<String, String> files = new TreeMap<>();
            for (Map.Entry<String, JsonNode> file : MAPPER.readTree(content).properties()) {
                files.put(file.getKey(), file.getValue().textValue());
            }
            return files;
        } catch (IOException e) {
            throw new SQLException("a stored policy is damaged", e);
        }
    }
}
