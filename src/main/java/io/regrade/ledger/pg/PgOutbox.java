package io.regrade.ledger.pg;

import io.regrade.ledger.Page;
import io.regrade.offer.Notification;
import io.regrade.offer.Notification.Channel;
import io.regrade.offer.Notification.State;
import io.regrade.offer.Outbox;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The outbox in PostgreSQL. Thread-safe; what is leased is marked under its row's lock, so no two servers send it at once. */
final class PgOutbox implements Outbox {

    private static final char LIST = 'n';
    private static final String COLUMNS =
            "id, channel, address, type, offer, at, data, state, attempts, next_at, error";

    private final Readers readers;
    private final Clock clock;

    PgOutbox(Readers readers, Clock clock) {
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<List<Notification>> take(int most, Duration lease) {
        Instant now = clock.instant();
        return readers.write(connection -> {
            List<Notification> taken = new ArrayList<>();
            try (PreparedStatement update =
                    connection.prepareStatement("with due as (select id as due from notification"
                            + " where state = 'waiting' and next_at <= ? and (leased_until is null or leased_until <= ?)"
                            + " order by next_at limit ? for update skip locked)"
                            + " update notification set leased_until = ?, attempts = attempts + 1 from due where id = due.due"
                            + " returning " + COLUMNS)) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setTimestamp(2, Timestamp.from(now));
                update.setInt(3, most);
                update.setTimestamp(4, Timestamp.from(now.plus(lease)));
                try (ResultSet row = update.executeQuery()) {
                    while (row.next()) {
                        taken.add(read(row));
                    }
                }
            }
            return taken;
        });
    }

    @Override
    public CompletionStage<Void> delivered(String id) {
        return readers.write(connection -> {
                    try (PreparedStatement update = connection.prepareStatement(
                            "update notification"
                                    + " set state = 'delivered', data = null, error = null, leased_until = null where id = ?")) {
                        update.setObject(1, Encoder.uuid(id));
                        return update.executeUpdate();
                    }
                })
                .thenAccept(changed -> {});
    }

    @Override
    public CompletionStage<Void> failed(String id, String error, @Nullable Instant again) {
        return readers.write(connection -> {
                    try (PreparedStatement update = connection.prepareStatement("update notification"
                            + " set error = ?, state = ?, next_at = coalesce(?, next_at), leased_until = null"
                            // What another server has told meanwhile, since the lease was over, stays told.
                            + " where id = ? and state = 'waiting'")) {
                        update.setString(1, error);
                        update.setString(2, (again == null ? State.DEAD : State.WAITING).key());
                        update.setTimestamp(3, again == null ? null : Timestamp.from(again));
                        update.setObject(4, Encoder.uuid(id));
                        return update.executeUpdate();
                    }
                })
                .thenAccept(changed -> {});
    }

    @Override
    public CompletionStage<Optional<Boolean>> retry(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return readers.write(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select state, data from notification where id = ? for update")) {
                select.setObject(1, uuid.get());
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    if (!row.getString(1).equals("dead") || row.getString(2) == null) {
                        return Optional.of(false);
                    }
                }
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update notification set state = 'waiting', attempts = 0, next_at = ? where id = ?")) {
                update.setTimestamp(1, Timestamp.from(clock.instant()));
                update.setObject(2, uuid.get());
                update.executeUpdate();
                return Optional.of(true);
            }
        });
    }

    @Override
    public CompletionStage<Page<Notification>> list(
            @Nullable State state, @Nullable String offer, @Nullable String cursor, int limit) {
        return readers.read(connection -> new NewestFirst(LIST, COLUMNS, "notification", "at")
                .when("state = ?", state == null ? null : state.key())
                .when(
                        "offer = ?",
                        offer == null ? null : PgDecisions.uuid(offer).orElse(new UUID(0, 0)))
                .page(connection, cursor, limit, PgOutbox::read, last -> new NewestFirst.Place(last.at(), last.id())));
    }

    private static Notification read(ResultSet row) throws SQLException {
        return new Notification(
                Encoder.id(row.getObject("id", UUID.class)),
                Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                row.getString("address"),
                row.getString("type"),
                Encoder.id(row.getObject("offer", UUID.class)),
                row.getTimestamp("at").toInstant(),
                row.getString("data"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                row.getTimestamp("next_at").toInstant(),
                row.getString("error"));
    }
}
