package io.regrade.ledger.pg;

import io.regrade.fact.Action;
import io.regrade.ledger.Cursors;
import io.regrade.ledger.Decisions.Filter;
import io.regrade.ledger.Decisions.Query;
import io.regrade.ledger.InvalidCursorException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The statement that lists decisions, newest first: by the moment they were decided at, then by their place in the log.
 * Each filter has an index that gives this order, so that a page costs what it shows, not what there is.
 */
final class DecisionQuery {

    private static final char LIST = 'd';

    private final StringBuilder sql = new StringBuilder(400);
    private final List<Object> values = new ArrayList<>();
    private boolean nothing;

    /** A place in the list: the last decision of a page. */
    record Place(Instant decidedAt, long seq) {

        String cursor() {
            return Cursors.of(LIST, decidedAt + "/" + seq);
        }

        static Place of(String cursor) {
            String key = Cursors.key(LIST, cursor);
            int slash = key.indexOf('/');
            try {
                return new Place(
                        Instant.parse(key.substring(0, Math.max(0, slash))), Long.parseLong(key.substring(slash + 1)));
            } catch (DateTimeException | NumberFormatException e) {
                throw new InvalidCursorException(cursor);
            }
        }
    }

    private DecisionQuery() {}

    /**
     * The statement for a page and one decision more, which tells whether there is a next page.
     *
     * @throws InvalidCursorException when the cursor is none of this list
     */
    static DecisionQuery of(Connection connection, Terms terms, Query query) throws SQLException {
        DecisionQuery made = new DecisionQuery();
        Filter filter = query.filter();
        made.sql
                .append("select decided_at, seq, ")
                .append(DecisionReader.COLUMNS)
                .append(" from decision where true");
        made.equal("vm", filter.vm());
        Action action = filter.action();
        made.equal("action", action == null ? null : action.ordinal());
        made.equal("target", filter.target());
        made.equal("owner", filter.owner());
        made.term(connection, terms, "policy = ?", Terms.Kind.POLICY, filter.policy());
        made.term(connection, terms, "rules @> array[?]", Terms.Kind.RULE, filter.rule());
        String evaluation = filter.evaluation();
        if (evaluation != null) {
            try {
                made.equal("evaluation", Encoder.uuid(evaluation));
            } catch (IllegalArgumentException e) {
                made.nothing = true;
            }
        }
        made.when("decided_at >= ?", moment(filter.from()));
        made.when("decided_at < ?", moment(filter.until()));
        made.when("saving >= ?", filter.minSavingUsdMonth());
        String cursor = query.cursor();
        if (cursor != null) {
            Place place = Place.of(cursor);
            made.when("decided_at <= ?", moment(place.decidedAt()));
            made.sql.append(" and (decided_at, seq) < (?, ?)");
            made.values.add(place.decidedAt().atOffset(ZoneOffset.UTC));
            made.values.add(place.seq());
        }
        made.sql.append(" order by decided_at desc, seq desc limit ").append(query.limit() + 1);
        return made;
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private void equal(String column, @Nullable Object value) {
        when(column + " = ?", value);
    }

    private void when(String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.add(value);
        }
    }

    private void term(Connection connection, Terms terms, String condition, Terms.Kind kind, @Nullable String word)
            throws SQLException {
        if (word != null) {
            Optional<Integer> id = terms.find(connection, kind, word);
            nothing |= id.isEmpty();
            when(condition, id.orElse(0));
        }
    }

    /** Whether it is known without asking that no decision is meant. */
    boolean findsNothing() {
        return nothing;
    }

    /** The statement as text, with its places open. */
    String sql() {
        return sql.toString();
    }

    /**
     * Prepares it, to be planned for these very values each time: a plan for any values walks the newest decisions when
     * one in a thousand saves so much or has a rule, and that is what the values decide.
     */
    PreparedStatement prepare(Connection connection, String before) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(before + sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }
}
