package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.decision.FactReader;
import io.regrade.fact.Pricing;
import io.regrade.ledger.HeldManifest;
import io.regrade.ledger.memory.Patch;
import io.regrade.ledger.pg.Bodies.Body;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The inventory in its tables. Thread-safe; every method works in the caller's transaction. */
final class InventoryTables {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> COLUMNS = List.of("id", "version", "dictionary", "body");

    private final Bodies bodies;

    InventoryTables(Bodies bodies) {
        this.bodies = bodies;
    }

    /** The newest version; locked until the transaction ends when it is to be changed. */
    static long version(Connection connection, boolean lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select version from inventory_state" + (lock ? " for update" : ""));
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the inventory has no state");
            }
            return row.getLong(1);
        }
    }

    /** Writes a patch as the next version. */
    void write(Connection connection, Patch patch, long version) throws SQLException {
        write(connection, "inventory_vm", Bodies.FACTS, patch.vms(), FactJson::facts, version);
        write(connection, "inventory_target", "target", patch.targets(), FactJson::target, version);
        write(connection, "inventory_manifest", null, patch.manifests(), InventoryTables::json, version);
        Pricing pricing = patch.pricing();
        try (PreparedStatement update =
                connection.prepareStatement("update inventory_state set version = ?, pricing = coalesce(?, pricing)")) {
            update.setLong(1, version);
            update.setBytes(2, pricing == null ? null : CanonicalJson.bytes(FactJson.pricing(pricing)));
            update.executeUpdate();
        }
    }

    private <T> void write(
            Connection connection,
            String table,
            @Nullable String purpose,
            Map<String, Optional<T>> entries,
            Function<T, ObjectNode> json,
            long version)
            throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where id = any(?)")) {
            delete.setArray(1, connection.createArrayOf("text", entries.keySet().toArray()));
            delete.executeUpdate();
        }
        BinaryCopy rows = new BinaryCopy(table, COLUMNS);
        entries.forEach((id, entry) -> {
            @Nullable
            Body body = entry.map(thing -> packed(purpose, id, CanonicalJson.bytes(json.apply(thing))))
                    .orElse(null);
            rows.row()
                    .text(id)
                    .bigint(version)
                    .integer(body == null ? Dictionaries.NONE : body.dictionary())
                    .bytea(body == null ? null : body.bytes());
        });
        rows.send(connection);
    }

    /** Packed by what was learnt for a purpose; without one, as it is. */
    private Body packed(@Nullable String purpose, String id, byte[] plain) {
        return purpose == null
                ? new Body(Dictionaries.NONE, plain)
                : bodies.pack(purpose, plain, List.of(), new Subject(id, plain));
    }

    /** What has changed since a version; from version 0, all that is held. */
    Patch since(Connection connection, long version) throws SQLException {
        Pricing pricing = null;
        try (PreparedStatement select = connection.prepareStatement("select pricing from inventory_state");
                ResultSet row = select.executeQuery()) {
            byte[] stored = row.next() ? row.getBytes(1) : null;
            pricing = stored == null ? null : FactReader.pricing(tree(stored));
        }
        return new Patch(
                read(connection, "inventory_vm", FactReader::facts, version),
                read(connection, "inventory_target", FactReader::target, version),
                read(connection, "inventory_manifest", InventoryTables::manifest, version),
                pricing);
    }

    private <T> Map<String, Optional<T>> read(
            Connection connection, String table, Function<JsonNode, T> reader, long version) throws SQLException {
        Map<String, Optional<T>> entries = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("select id, dictionary, body from " + table
                + " where version > ?" + (version == 0 ? " and body is not null" : ""))) {
            select.setFetchSize(1000);
            select.setLong(1, version);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] body = row.getBytes(3);
                    entries.put(
                            row.getString(1),
                            body == null
                                    ? Optional.empty()
                                    : Optional.of(reader.apply(
                                            tree(bodies.plain(connection, new Body(row.getInt(2), body), List.of())))));
                }
            }
        }
        return entries;
    }

    private static ObjectNode json(HeldManifest manifest) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("vm", manifest.vm())
                .put("name", manifest.name())
                .put("digest", manifest.digest())
                .put("bytes", manifest.bytes())
                .put("findings", manifest.findings());
        node.set("adds", FactJson.facts(manifest.adds()));
        return node;
    }

    private static HeldManifest manifest(JsonNode node) {
        return new HeldManifest(
                node.path("vm").asText(),
                node.path("name").asText(),
                node.path("digest").asText(),
                node.path("bytes").asLong(),
                FactReader.facts(node.path("adds")),
                node.path("findings").asText());
    }

    private static JsonNode tree(byte[] json) throws SQLException {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new SQLException("a stored part of the inventory is damaged", e);
        }
    }
}
