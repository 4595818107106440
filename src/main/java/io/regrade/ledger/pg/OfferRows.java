package io.regrade.ledger.pg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.ledger.Page;
import io.regrade.offer.Item;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.Counter;
import io.regrade.offer.Offer.State;
import io.regrade.offer.Offer.Step;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Offers.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads offers. Stateless, thread-safe; every method works in the caller's transaction. */
final class OfferRows {

    private static final char LIST = 'o';
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String COLUMNS = "id, state, plan, body, created_at, created_by, predecessor, successor, by,"
            + " reason, counter, counter_until, version";

    private OfferRows() {}

    /** One with its history; locked until the transaction ends when it is to be changed. */
    static Optional<Offer> byId(Connection connection, UUID id, boolean lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from offer where id = ?" + (lock ? " for update" : ""))) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(read(
                                row,
                                items(connection, List.of(id)).getOrDefault(id, List.of()),
                                history(connection, id)))
                        : Optional.empty();
            }
        }
    }

    /** A page, newest first. */
    static Page<Offer> list(Connection connection, Query query) throws SQLException {
        State state = query.state();
        String plan = query.plan();
        Page<Offer> page = new NewestFirst(LIST, COLUMNS, "offer", "created_at")
                .when("state = ?", state == null ? null : state.key())
                .when("exists (select from offer_item i where i.offer = offer.id and i.vm = ?)", query.vm())
                .when("exists (select from offer_recipient r where r.offer = offer.id and r.name = ?)", query.to())
                .when("plan = ?", plan == null ? null : PgDecisions.uuid(plan).orElse(new UUID(0, 0)))
                .page(
                        connection,
                        query.cursor(),
                        query.limit(),
                        row -> read(row, List.of(), List.of()),
                        last -> new NewestFirst.Place(last.createdAt(), last.id()));
        Map<UUID, List<Item>> items = items(
                connection,
                page.items().stream().map(one -> Encoder.uuid(one.id())).toList());
        return new Page<>(
                page.items().stream()
                        .map(one -> one.of(items.getOrDefault(Encoder.uuid(one.id()), List.of())))
                        .toList(),
                page.next());
    }

    private static Map<UUID, List<Item>> items(Connection connection, List<UUID> offers) throws SQLException {
        Map<UUID, List<Item>> items = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select offer, body from offer_item where offer = any(?) and body is not null order by offer, place")) {
            select.setArray(1, connection.createArrayOf("uuid", offers.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    items.computeIfAbsent(row.getObject(1, UUID.class), offer -> new ArrayList<>())
                            .add(OfferJson.item(json(row.getString(2))));
                }
            }
        }
        return items;
    }

    private static List<Step> history(Connection connection, UUID id) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select what, by, at, reason from offer_event where offer = ? order by seq")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(new Step(
                            row.getString(1),
                            row.getString(2),
                            row.getTimestamp(3).toInstant(),
                            row.getString(4)));
                }
            }
        }
        return steps;
    }

    private static Offer read(ResultSet row, List<Item> items, List<Step> history) throws SQLException {
        String counter = row.getString("counter");
        return new Offer(
                Encoder.id(row.getObject("id", UUID.class)),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                id(row.getObject("plan", UUID.class)),
                items,
                OfferJson.content(json(row.getString("body"))),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                id(row.getObject("predecessor", UUID.class)),
                id(row.getObject("successor", UUID.class)),
                row.getString("by"),
                row.getString("reason"),
                counter == null
                        ? null
                        : new Counter(
                                OfferJson.terms(json(counter)),
                                row.getTimestamp("counter_until").toInstant()),
                row.getLong("version"),
                history);
    }

    private static @Nullable String id(@Nullable UUID uuid) {
        return uuid == null ? null : Encoder.id(uuid);
    }

    static JsonNode json(String body) throws SQLException {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored offer is damaged", e);
        }
    }
}
