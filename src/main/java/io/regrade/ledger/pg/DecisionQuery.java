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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The statement that lists decisions, newest first: by the moment they were decided at, then by their place in the log.
 * Each filter has an index, most of them in this order, so that a page costs what it shows, not what there is.
 *
 * <p>Of several filters nobody knows how many decisions have all of them: those that save most may never be those to keep.
 * A walk in the list's order would pass all there are. So the newest of the first filter are looked through, and when they
 * are no page, what has all filters is gathered and sorted, one month after the other.
 */
final class DecisionQuery {

    private static final char LIST = 'd';
    private static final String SELECT = "select decided_at, seq, " + DecisionReader.COLUMNS + " from ";
    private static final int WINDOW = 1000;

    /** What selects a stretch of an index in the list's order. */
    private final Conditions stretch = new Conditions();
    /** What is asked of each decision of that stretch. */
    private final Conditions others = new Conditions();

    private final int limit;
    private boolean nothing;

    /** Conditions with the values of their places. */
    private static final class Conditions {
        private final StringBuilder sql = new StringBuilder(200);
        private final List<Object> values = new ArrayList<>();

        void add(String condition, Object... more) {
            sql.append(" and ").append(condition);
            values.addAll(List.of(more));
        }
    }

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

    private DecisionQuery(int limit) {
        this.limit = limit;
    }

    /**
     * The statement for a page and one decision more, which tells whether there is a next page.
     *
     * @throws InvalidCursorException when the cursor is none of this list
     */
    static DecisionQuery of(Connection connection, Terms terms, Query query) throws SQLException {
        DecisionQuery made = new DecisionQuery(query.limit() + 1);
        Filter filter = query.filter();
        Action action = filter.action();
        // The first that is given leads: its index has the list's order. The most selective come first.
        made.equal("vm", filter.vm());
        made.evaluation(filter.evaluation());
        made.equal("target", filter.target());
        made.equal("owner", filter.owner());
        made.term(connection, terms, "policy = ?", Terms.Kind.POLICY, filter.policy());
        made.equal("action", action == null ? null : action.ordinal());
        made.term(connection, terms, "rules @> array[?]", Terms.Kind.RULE, filter.rule());
        if (filter.minSavingUsdMonth() != null) {
            made.others.add("saving >= ?", filter.minSavingUsdMonth());
        }
        made.time("decided_at >= ?", filter.from());
        made.time("decided_at < ?", filter.until());
        String cursor = query.cursor();
        if (cursor != null) {
            Place place = Place.of(cursor);
            made.time("decided_at <= ?", place.decidedAt());
            made.stretch.add("(decided_at, seq) < (?, ?)", place.decidedAt().atOffset(ZoneOffset.UTC), place.seq());
        }
        return made;
    }

    private void evaluation(@Nullable String evaluation) {
        try {
            equal("evaluation", evaluation == null ? null : Encoder.uuid(evaluation));
        } catch (IllegalArgumentException e) {
            nothing = true;
        }
    }

    private void time(String condition, @Nullable Instant instant) {
        if (instant != null) {
            stretch.add(condition, instant.atOffset(ZoneOffset.UTC));
        }
    }

    private void equal(String column, @Nullable Object value) {
        if (value != null) {
            boolean leads = stretch.values.isEmpty();
            (leads ? stretch : others).add(column + " = ?", value);
        }
    }

    private void term(Connection connection, Terms terms, String condition, Terms.Kind kind, @Nullable String word)
            throws SQLException {
        if (word != null) {
            Optional<Integer> id = terms.find(connection, kind, word);
            nothing |= id.isEmpty();
            boolean leads = kind != Terms.Kind.RULE && stretch.values.isEmpty();
            (leads ? stretch : others).add(condition, id.orElse(0));
        }
    }

    /** Whether it is known without asking that no decision is meant. */
    boolean findsNothing() {
        return nothing;
    }

    /** Whether no more is read than is shown, or than there is of one machine. */
    boolean isDirect() {
        return others.values.isEmpty() || stretch.sql.indexOf(" and vm = ?") == 0;
    }

    /** All of the list, in the list's order. */
    PreparedStatement whole(Connection connection, String before) throws SQLException {
        return prepare(connection, before + SELECT + "decision where true" + stretch.sql + others.sql + end(limit));
    }

    /** What the newest of the stretch have of the list; not all of it, unless that is a page. */
    PreparedStatement newest(Connection connection, String before) throws SQLException {
        return prepare(
                connection,
                before + SELECT + "(select * from decision where true" + stretch.sql + end(WINDOW)
                        + ") newest where true" + others.sql + end(limit));
    }

    private static String end(int limit) {
        return " order by decided_at desc, seq desc limit " + limit;
    }

    /** It is planned for these very values each time, because they decide which index is the best. */
    private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        int place = 0;
        for (Conditions conditions : List.of(stretch, others)) {
            for (Object value : conditions.values) {
                statement.setObject(++place, value);
            }
        }
        return statement;
    }
}
