package io.regrade.ledger.pg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Capacity;
import io.regrade.fact.Resource;
import io.regrade.instantiate.ServerOffer;
import io.regrade.ledger.Instantiations.Made;
import io.regrade.ledger.Instantiations.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what servers offer and supply. Stateless, thread-safe; every method works in the caller's transaction. */
final class AggregationRows {

    static final String COLUMNS = "vm, server, cloud, address, instance, supplies, usd_hour, begins, ends, released_at";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AggregationRows() {}

    /** What is offered, by server; only by servers that are free, when that is asked for. */
    static List<ServerOffer> offers(Connection connection, boolean free) throws SQLException {
        List<ServerOffer> offers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select server, cloud, address, supply, price_usd_hour, availability from server_offer o"
                                + (free
                                        ? " where not exists (select from resource_aggregation a"
                                                + " where a.server = o.server and a.released_at is null)"
                                        : "")
                                + " order by server");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                double availability = row.getDouble(6);
                offers.add(new ServerOffer(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        capacity(row.getString(4)),
                        row.getDouble(5),
                        row.wasNull() ? Double.NaN : availability));
            }
        }
        return offers;
    }

    static Optional<Made> byId(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select vm, body, asker, begins, ends, released_at from instantiation where id = ?");
                PreparedStatement parts = connection.prepareStatement(
                        "select " + COLUMNS + " from resource_aggregation where instantiation = ? order by part")) {
            select.setObject(1, id);
            parts.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Made(
                                Encoder.id(id),
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getTimestamp(4).toInstant(),
                                RecommendationRows.moment(row.getTimestamp(5)),
                                RecommendationRows.moment(row.getTimestamp(6)),
                                parts(parts)))
                        : Optional.empty();
            }
        }
    }

    static List<Part> parts(PreparedStatement select) throws SQLException {
        List<Part> parts = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                parts.add(new Part(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getDouble(7),
                        row.getTimestamp(8).toInstant(),
                        RecommendationRows.moment(row.getTimestamp(9)),
                        RecommendationRows.moment(row.getTimestamp(10))));
            }
        }
        return parts;
    }

    /** What is known of a capacity. */
    static String json(Capacity capacity) {
        ObjectNode node = MAPPER.createObjectNode();
        for (Resource resource : Resource.values()) {
            if (capacity.knows(resource)) {
                node.put(resource.key(), capacity.of(resource));
            }
        }
        return node.toString();
    }

    private static Capacity capacity(String json) throws SQLException {
        try {
            JsonNode node = MAPPER.readTree(json);
            Capacity capacity = Capacity.UNKNOWN;
            for (Resource resource : Resource.values()) {
                if (node.has(resource.key())) {
                    capacity = capacity.with(resource, node.get(resource.key()).doubleValue());
                }
            }
            return capacity;
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored offer is damaged", e);
        }
    }
}
