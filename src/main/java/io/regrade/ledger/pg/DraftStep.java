package io.regrade.ledger.pg;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Draft.Step;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Drafts.Said;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.ledger.PolicyVersion.What;
import io.regrade.ledger.WrongStateException;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody does with a draft: its state, its history and its leaves of the log, in one transaction. */
final class DraftStep implements Work.Step {

    private final UUID id;
    private final Said said;
    private final @Nullable Contents contents;
    private final Expectation expectation;
    private final Instant at;
    private final Outcome<Optional<Draft>> outcome = new Outcome<>(Optional.empty());

    /**
     * Something that is to be done.
     *
     * @param contents the files of an edit, null for anything else
     */
    DraftStep(UUID id, Said said, @Nullable Contents contents, Expectation expectation, Instant at) {
        this.id = id;
        this.said = said;
        this.contents = contents;
        this.expectation = expectation;
        this.at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The draft as it is after it; empty when there is none.
     *
     * @throws RuntimeException why nothing was changed
     */
    Optional<Draft> outcome() {
        return outcome.get();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(Optional.empty());
        Optional<Draft> found = DraftRows.byId(connection, id, true);
        if (found.isEmpty()) {
            return List.of();
        }
        Draft before = found.get();
        RuntimeException objection = objection(connection, before);
        if (objection != null) {
            outcome.refuse(objection);
            return List.of();
        }
        Contents files = contents;
        if (files != null) {
            VersionTable.store(connection, files);
        }
        String digest = files == null ? before.digest() : files.digest();
        String manifest = files == null ? before.manifest() : files.manifest();
        update(connection, id, next(before), digest, manifest, at);
        boolean tells = said.verb() == Verb.CHECK || said.verb() == Verb.TEST;
        Step step = new Step(
                said.verb().key(),
                said.remark().by().name(),
                at,
                digest,
                tells ? said.passed() ? "passed" : "failed" : null,
                said.remark().comment());
        List<byte[]> entries = new ArrayList<>();
        entries.add(remember(connection, before, step, said.verb() == Verb.APPROVE ? said.approvals() : null));
        if (said.verb() == Verb.ACTIVATE) {
            VersionTable.name(connection, before.policy(), digest, manifest, before.author(), at);
            entries.add(ActivationTable.add(
                            connection,
                            before.policy(),
                            digest,
                            What.ACTIVATE,
                            said.remark().by().name(),
                            said.remark().comment(),
                            before.id(),
                            at)
                    .entry());
        }
        outcome.is(DraftRows.byId(connection, id, false));
        return entries;
    }

    private @Nullable RuntimeException objection(Connection connection, Draft before) throws SQLException {
        if (!expectation.holds(Optional.of(before.tag()))) {
            return new ExpectationFailedException("draft `" + before.id()
                    + "` has changed since. Maybe read it again, it has the tag `" + before.tag() + "` now");
        }
        if (!before.state().allowed().contains(said.verb())) {
            return WrongStateException.of(before, said.verb());
        }
        String about = said.digest();
        if (about != null && !about.equals(before.digest())) {
            return new WrongStateException("draft `" + before.id() + "` was edited meanwhile: it is `" + before.digest()
                    + "` now, not `" + about + "`. Maybe " + said.verb().key() + " it again");
        }
        return switch (said.verb()) {
            case APPROVE -> approver(before);
            case ACTIVATE -> baseIsGone(connection, before);
            default -> null;
        };
    }

    /** The two-person rule, and that nobody counts twice. */
    private @Nullable RuntimeException approver(Draft before) {
        String who = said.remark().by().name();
        Set<String> authors = before.authors();
        if (said.approvals() > 0 && authors.contains(Draft.person(who))) {
            return new WrongStateException("`" + who + "` wrote at draft `" + before.id()
                    + "`, so somebody else has to approve it. Its authors are `" + String.join("`, `", authors) + "`");
        }
        boolean twice =
                before.approvers().stream().anyMatch(one -> Draft.person(one).equals(Draft.person(who)));
        return twice
                ? new WrongStateException(
                        "`" + who + "` has approved draft `" + before.id() + "` already, so somebody else has to")
                : null;
    }

    /** What was activated since the draft was begun would be lost without a word. */
    private @Nullable RuntimeException baseIsGone(Connection connection, Draft before) throws SQLException {
        String active = ActivationTable.newest(connection, before.policy())
                .map(Activation::digest)
                .orElse(null);
        String base = before.base();
        return said.supersede()
                        || base == null
                        || active == null
                        || active.equals(base)
                        || active.equals(before.digest())
                ? null
                : new WrongStateException("draft `" + before.id() + "` was begun from `" + base + "`, but `" + active
                        + "` decides by now: what changed there would be lost. Maybe look at"
                        + " `/v1/policies/" + before.policy() + "/diff?from=" + base + "&to=" + active
                        + "`, and activate it with `\"supersede\": true` if that is meant");
    }

    private State next(Draft before) {
        return switch (said.verb()) {
            case EDIT -> State.DRAFT;
            case CHECK -> !said.passed() ? State.DRAFT : before.state() == State.DRAFT ? State.CHECKED : before.state();
            case TEST -> said.passed() ? State.TESTED : State.CHECKED;
            case IMPACT -> before.state();
            case SUBMIT -> State.SUBMITTED;
            case APPROVE -> before.approvers().size() + 1 >= said.approvals() ? State.APPROVED : State.SUBMITTED;
            case REJECT -> State.TESTED;
            case WITHDRAW -> State.WITHDRAWN;
            case ACTIVATE -> State.ACTIVE;
        };
    }

    private static void update(
            Connection connection, UUID id, State state, String digest, @Nullable String manifest, Instant at)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update draft set state = ?, digest = ?,"
                + " manifest = ?, changed_at = ?, version = version + 1 where id = ?")) {
            update.setString(1, state.key());
            update.setString(2, digest);
            update.setString(3, manifest);
            update.setTimestamp(4, Timestamp.from(at));
            update.setObject(5, id);
            update.executeUpdate();
        }
    }

    /** Adds a step to a draft's history, and gives the entry that the log is to tell of it. */
    static byte[] remember(Connection connection, Draft draft, Step step, @Nullable Integer approvals)
            throws SQLException {
        Salted comment = Salted.of(step.comment());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into draft_event (draft, at, what, by, digest, outcome, comment, salt)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, Encoder.uuid(draft.id()));
            insert.setTimestamp(2, Timestamp.from(step.at()));
            insert.setString(3, step.what());
            insert.setString(4, step.by());
            insert.setString(5, step.digest());
            insert.setString(6, step.outcome());
            insert.setString(7, step.comment());
            insert.setBytes(8, comment.salt());
            insert.executeUpdate();
        }
        return Leaf.draft(draft, step, comment.commitment(), approvals).entry();
    }
}
