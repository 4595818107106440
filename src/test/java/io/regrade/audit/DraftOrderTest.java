package io.regrade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Draft.Step;
import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.ledger.PolicyVersion.What;
import io.regrade.ledger.log.Leaf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier notices what the writer never does: steps of a draft out of order. */
class DraftOrderTest {

    private static final String OLD = "sha256:" + "1".repeat(64);
    private static final String NEW = "sha256:" + "2".repeat(64);

    @TempDir
    private Path directory;

    private final TestLog log = new TestLog();

    private void step(String what, String by, @Nullable String outcome, String digest) {
        Draft draft = new Draft(
                "d".repeat(32),
                "standard",
                State.DRAFT,
                digest,
                OLD,
                null,
                "ann",
                TestLog.START,
                TestLog.START,
                1,
                List.of());
        Integer approvals = what.equals("approve") ? 1 : null;
        log.add(Leaf.draft(draft, new Step(what, by, TestLog.START, digest, outcome, null), null, approvals));
    }

    private void step(String what, String by) {
        step(what, by, what.equals("check") || what.equals("test") ? "passed" : null, NEW);
    }

    private void activation(What what, String digest, @Nullable String previous, @Nullable String draft) {
        Activation activation =
                new Activation(1, "standard", digest, previous, what, "bob", null, draft, TestLog.START);
        log.add(Leaf.activation(TestLog.START, activation, null));
    }

    private List<String> defects() throws IOException {
        log.export(directory);
        return new LogVerifier(LogSource.at(directory.toString()), TestLog.KEY.verifier())
                .verify((done, total) -> {}).defects().stream()
                        .map(Defect::toString)
                        .toList();
    }

    @Test
    void aLifeInOrder_hasNoDefects() throws IOException {
        activation(What.START, OLD, null, null);
        step("create", "ann", null, OLD);
        step("edit", "ann");
        step("check", "ann");
        step("test", "ann");
        step("impact", "ann");
        step("submit", "ann");
        step("approve", "bob");
        step("activate", "bob");
        activation(What.ACTIVATE, NEW, OLD, "d".repeat(32));
        activation(What.ROLLBACK, OLD, NEW, null);

        assertThat(defects()).isEmpty();
    }

    @Test
    void whatIsOutOfOrder_isToldLeafByLeaf() throws IOException {
        step("check", "ann");
        step("create", "ann");
        step("submit", "ann");
        step("edit", "bob");
        step("check", "ann");
        step("test", "ann");
        step("submit", "ann");
        step("approve", "Bob");
        step("test", "ann", "passed", OLD);
        activation(What.ACTIVATE, NEW, null, "d".repeat(32));
        activation(What.ROLLBACK, OLD, OLD, null);

        assertThat(defects())
                .containsExactly(
                        "leaf 0: it is about draft " + "d".repeat(32) + ", which no leaf before it begins",
                        "leaf 2: `submit` of draft " + "d".repeat(32) + " is out of order: it was draft",
                        "leaf 7: draft " + "d".repeat(32) + " is approved by `bob`, who is one of its authors",
                        "leaf 8: it is about other files of draft " + "d".repeat(32) + " than were put into it last",
                        "leaf 9: it activates a draft that no leaf before it approves and activates as it is",
                        "leaf 10: it says that `standard` decided by " + OLD + " before, which no leaf before it says",
                        "leaf 10: it goes back to a version of `standard` that never decided");
    }
}
