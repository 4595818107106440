package io.regrade.ledger.pg;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Draft.Step;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Drafts in PostgreSQL. Thread-safe. */
final class PgDrafts implements Drafts {

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    PgDrafts(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Draft> create(String policy, Contents contents, @Nullable String base, Remark remark) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String who = remark.by().name();
        Step step = new Step(Draft.CREATE, who, now, contents.digest(), null, remark.comment());
        Draft draft = new Draft(
                Encoder.id(UUID.randomUUID()),
                policy,
                State.DRAFT,
                contents.digest(),
                base,
                contents.manifest(),
                who,
                now,
                now,
                1,
                List.of(step));
        return writer.write(Work.step(connection -> create(connection, draft, contents, step)))
                .thenApply(nothing -> draft);
    }

    private static List<byte[]> create(Connection connection, Draft draft, Contents contents, Step step)
            throws SQLException {
        VersionTable.store(connection, contents);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into draft (id, policy, state, digest, base, manifest, author, created_at, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, Encoder.uuid(draft.id()));
            insert.setString(2, draft.policy());
            insert.setString(3, draft.state().key());
            insert.setString(4, draft.digest());
            insert.setString(5, draft.base());
            insert.setString(6, draft.manifest());
            insert.setString(7, draft.author());
            insert.setTimestamp(8, Timestamp.from(draft.createdAt()));
            insert.setTimestamp(9, Timestamp.from(draft.changedAt()));
            insert.executeUpdate();
        }
        return List.of(DraftStep.remember(connection, draft, step, null));
    }

    @Override
    public CompletionStage<Optional<Draft>> byId(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        return uuid.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection -> DraftRows.byId(connection, uuid.get(), false));
    }

    @Override
    public CompletionStage<Page<Draft>> list(Query query) {
        return readers.read(connection -> DraftRows.list(connection, query));
    }

    @Override
    public CompletionStage<Optional<Draft>> edit(String id, Contents contents, Remark remark, Expectation expectation) {
        return step(id, Said.plain(Verb.EDIT, remark), contents, expectation);
    }

    @Override
    public CompletionStage<Optional<Draft>> say(String id, Said said, Expectation expectation) {
        return step(id, said, null, expectation);
    }

    private CompletionStage<Optional<Draft>> step(
            String id, Said said, @Nullable Contents contents, Expectation expectation) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        DraftStep step = new DraftStep(uuid.get(), said, contents, expectation, clock.instant());
        return writer.write(Work.step(step)).thenApply(nothing -> step.outcome());
    }
}
