package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.Action;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.DecisionsContract;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.TreeEdge;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.Note;
import io.regrade.tlog.SigningKey;
import io.regrade.tlog.VerifierKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgDecisionsTest extends DecisionsContract {

    private PgLedger ledger;
    private final LogKey key = LogKey.of(SigningKey.generate("regrade.test/log", new SecureRandom()));

    @Override
    protected Decisions empty() throws Exception {
        DatabaseAddress address = TestPostgres.freshDatabase();
        ledger = PgLedger.open(
                () -> TestPostgres.connect(address),
                () -> TestPostgres.pooled(address),
                4,
                key,
                new RegradeMeters(new SimpleMeterRegistry()),
                Clock.systemUTC());
        return ledger.decisions();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void everyDecisionIsALeaf_andTheCheckpointSignsTheirTree() throws Exception {
        List<byte[]> hashes = new ArrayList<>();
        for (int i = 1; i <= 600; i += 100) {
            List<DecisionRecord> records = new ArrayList<>();
            for (int n = i; n < i + 100; n++) {
                records.add(record(String.valueOf(n), "vm-" + n, Action.KEEP));
            }
            join(ledger.decisions().save(records));
        }
        Note note = Note.parse(join(ledger.log().checkpoint()));
        assertThat(note.isSignedBy(VerifierKey.parse(ledger.log().key()))).isTrue();
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        assertThat(checkpoint.size()).isEqualTo(600);
        for (int bundle = 0; bundle < 3; bundle++) {
            byte[] bytes =
                    join(ledger.log().entries(bundle, bundle == 2 ? 88 : 256)).orElseThrow();
            for (byte[] entry : EntryBundle.parse(bytes)) {
                hashes.add(TreeEdge.leafHash(entry));
                assertThat(new String(entry, UTF_8)).contains("\"type\":\"decision\"");
            }
        }
        assertThat(hashes).hasSize(600);
        assertThat(TreeEdge.EMPTY.append(hashes).edge().root()).isEqualTo(checkpoint.root());
        assertThat(join(ledger.log().tile(1, 0, 2))).isPresent();
        assertThat(join(ledger.log().tile(0, 3, 1))).isEmpty();
        assertThat(join(ledger.log().receipt(id("7")))).isPresent();
    }

    @Test
    void erase_leavesThatItWasDecided_andWhoErasedIt() {
        join(ledger.decisions().save(List.of(record("1", "a", Action.KEEP), record("2", "b", Action.KEEP))));

        assertThat(join(ledger.decisions().erase("a", new Asker("http", "jane", null), "asked for")))
                .contains(1);
        var erased = join(ledger.decisions().byId(id("1"), io.regrade.decision.DecisionJson.Detail.FULL))
                .orElseThrow();
        assertThat(erased.at("/erased/by").asText()).isEqualTo("jane");
        assertThat(erased.has("why")).isFalse();
        assertThat(ledger.decisions().evidence(id("1")).toCompletableFuture())
                .failsWithin(java.time.Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(ErasedException.class);
        assertThat(join(ledger.decisions().evidence(id("2")))).isPresent();
        assertThat(size()).isEqualTo(3);
    }

    private long size() {
        return Checkpoint.parse(Note.parse(join(ledger.log().checkpoint())).text())
                .size();
    }

    @Test
    void erase_ofAnUnknownMachine_isNotFound_andNoLeaf_unlessItWasErasedBefore() {
        Asker jane = new Asker("http", "jane", null);
        join(ledger.decisions().save(List.of(record("1", "a", Action.KEEP))));

        assertThat(join(ledger.decisions().erase("b", jane, "typo"))).isEmpty();
        assertThat(size()).isEqualTo(1);
        assertThat(join(ledger.decisions().erase("a", jane, "asked for"))).contains(1);
        assertThat(join(ledger.decisions().erase("a", jane, "again"))).contains(0);
        assertThat(size()).isEqualTo(3);
    }

    @Test
    void erased_isListedByWhatIsLeftOfIt_andByNothingElse() {
        join(ledger.decisions().save(List.of(record("1", "a", Action.KEEP))));
        join(ledger.decisions().erase("a", new Asker("http", "jane", null), "asked for"));

        assertThat(listed(Decisions.Filter.of("a", null))).isEqualTo(1);
        assertThat(listed(Decisions.Filter.of(null, Action.KEEP))).isEqualTo(1);
        assertThat(listed(
                        new Decisions.Filter(null, null, null, null, DIGEST, null, null, AT, AT.plusSeconds(1), null)))
                .isEqualTo(1);
        assertThat(listed(new Decisions.Filter(null, null, "choose-keep", null, null, null, null, null, null, null)))
                .isZero();
    }

    private int listed(Decisions.Filter filter) {
        return join(ledger.decisions()
                        .list(new Decisions.Query(filter, null, 10, io.regrade.decision.DecisionJson.Detail.NONE)))
                .items()
                .size();
    }
}
