package io.regrade.ledger.pg;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Draft.Step;
import io.regrade.ledger.Drafts.Query;
import io.regrade.ledger.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads drafts. Stateless, thread-safe; every method works in the caller's transaction. */
final class DraftRows {

    private static final char LIST = 'p';
    private static final String COLUMNS =
            "id, policy, state, digest, base, manifest, author, created_at, changed_at, version";

    private DraftRows() {}

    /** One with its history; locked until the transaction ends when it is to be changed. */
    static Optional<Draft> byId(Connection connection, UUID id, boolean lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from draft where id = ?" + (lock ? " for update" : ""))) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row, history(connection, id))) : Optional.empty();
            }
        }
    }

    private static List<Step> history(Connection connection, UUID id) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select what, by, at, digest, outcome, comment from draft_event where draft = ? order by seq")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(new Step(
                            row.getString(1),
                            row.getString(2),
                            row.getTimestamp(3).toInstant(),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)));
                }
            }
        }
        return steps;
    }

    /** A page, newest first. */
    static Page<Draft> list(Connection connection, Query query) throws SQLException {
        State state = query.state();
        return new NewestFirst(LIST, COLUMNS, "draft", "created_at")
                .when("policy = ?", query.policy())
                .when("state = ?", state == null ? null : state.key())
                .page(
                        connection,
                        query.cursor(),
                        query.limit(),
                        row -> read(row, List.of()),
                        last -> new NewestFirst.Place(last.createdAt(), last.id()));
    }

    private static Draft read(ResultSet row, List<Step> history) throws SQLException {
        return new Draft(
                Encoder.id(row.getObject(1, UUID.class)),
                row.getString(2),
                State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getTimestamp(8).toInstant(),
                row.getTimestamp(9).toInstant(),
                row.getLong(10),
                history);
    }
}
