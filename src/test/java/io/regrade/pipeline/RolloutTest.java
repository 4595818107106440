package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DraftRun;
import io.regrade.ledger.pg.Ledgers;
import io.regrade.ledger.pg.PgLedger;
import io.regrade.metrics.RegradeMeters;
import io.regrade.pipeline.reload.Reload;
import io.regrade.pipeline.reload.WatchedRules;
import io.regrade.pipeline.shadow.Shadows;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.tlog.EntryBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in force over restarts, and what changes of the files bring, in a real database with real files. */
class RolloutTest {

    private static final Asker ANN = new Asker("http", "ann", null);

    @TempDir
    private Path directory;

    private final CountingCompiler compiler = new CountingCompiler();
    /** Why a change could not be checked apart from this process; null when it could. */
    private final AtomicReference<DraftRun.@Nullable Stop> stopped = new AtomicReference<>();

    private SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private DatabaseAddress database;
    private PgLedger ledger;
    private Policies policies;
    private Shadows shadows;
    private Rollout rollout;
    private WatchedRules watched;

    @BeforeEach
    void start() throws Exception {
        database = TestPostgres.freshDatabase();
        write("one");
        start(true);
    }

    private void write(String description) throws IOException {
        Path place = Files.createDirectories(directory.resolve("standard"));
        Files.writeString(place.resolve("policy.yaml"), "name: standard\ndescription: " + description + "\n");
    }

    /** As a server does. */
    private void start(boolean activates) {
        registry = new SimpleMeterRegistry();
        RegradeMeters meters = new RegradeMeters(registry);
        ledger = Ledgers.open(database, meters);
        policies = new Policies(
                PolicyDirectory.load(directory, "standard", compiler),
                new LoadedPolicies(compiler),
                PolicyChoice.of("standard"),
                StoredVersions.of(ledger.livePolicies(), TrustedKeys.ANY),
                3);
        shadows = new Shadows(meters.policies(), Clock.systemUTC(), 10, 100);
        rollout = new Rollout(policies, ledger.livePolicies(), ledger.log(), shadows);
        rollout.resume(activates);
        watched = new WatchedRules(
                directory,
                activates,
                compiler,
                TrustedKeys.ANY,
                policies,
                rollout,
                meters.policies(),
                (task, progress) -> new DraftWork.Outcome(DraftRun.State.PASSED, null, stopped.get()),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        shadows.close();
        policies.close();
        ledger.close();
        assertThat(compiler.open()).isZero();
    }

    private String active() {
        return policies.find(null).bundle().description();
    }

    private void settle() {
        watched.look();
        watched.look();
    }

    private List<String> leaves() throws Exception {
        String checkpoint = ledger.log().checkpoint().toCompletableFuture().join();
        int size = Integer.parseInt(checkpoint.split("\n")[1]);
        byte[] bundle =
                ledger.log().entries(0, size).toCompletableFuture().join().orElseThrow();
        List<String> leaves = new ArrayList<>();
        for (byte[] entry : EntryBundle.parse(bundle)) {
            leaves.add(new String(entry, StandardCharsets.UTF_8).replaceAll("\"at\":\"[^\"]*\",", ""));
        }
        return leaves;
    }

    @Test
    void whatIsInForce_isInForceAfterARestart_withItsCanaryShadowAndVersionsToGoBackTo() throws Exception {
        rollout.activate(compiler.version("standard", "two"), ANN);
        rollout.activate(compiler.version("standard", "three"), ANN);
        String one = digest("one");
        rollout.startCanary("standard", one.substring(7, 17), 12.5, ANN);
        rollout.startShadow("standard", one, 50, ANN);
        rollout.activate(compiler.version("other", "new here"), ANN);
        LiveVersions before = policies.versions("standard").orElseThrow();
        stop();

        start(true);

        LiveVersions after = policies.versions("standard").orElseThrow();
        assertThat(active()).isEqualTo("three");
        assertThat(after.active().ref()).isEqualTo(before.active().ref());
        assertThat(after.before()).isEqualTo(before.before()).hasSize(2);
        assertThat(after.canary()).isEqualTo(before.canary());
        assertThat(after.share()).isEqualTo(12.5);
        assertThat(shadows.report("standard").orElseThrow().version().digest()).isEqualTo(one);
        assertThat(policies.find("other").bundle().description()).isEqualTo("new here");
        assertThat(rollout.rollback("standard", ANN).digest())
                .isEqualTo(before.before().get(0).digest());
        assertThat(active()).isEqualTo("two");
        assertThat(policies.versions("standard").orElseThrow().canary()).isNull();
        assertThat(leaves())
                .containsSubsequence(
                        started("one"),
                        activation("two", "one"),
                        activation("three", "two"),
                        start("canary", "12.5"),
                        start("shadow", "50"),
                        activation("two", "three"));
    }

    private static String started(String description) {
        return "{\"by\":\"server\",\"name\":\"standard\",\"policy\":\"" + digest(description)
                + "\",\"type\":\"activation\",\"what\":\"start\"}";
    }

    private static String activation(String description, String previous) {
        return "{\"by\":\"ann\",\"name\":\"standard\",\"policy\":\"" + digest(description) + "\",\"previous\":\""
                + digest(previous) + "\",\"type\":\"activation\",\"what\":\"promote\"}";
    }

    private static String start(String kind, String share) {
        return "{\"by\":\"ann\",\"name\":\"standard\",\"policy\":\"" + digest("one") + "\",\"share\":" + share
                + ",\"step\":\"start\",\"type\":\"" + kind + "\"}";
    }

    private static String digest(String description) {
        return PolicyReader.digest(CountingCompiler.files("standard", description));
    }

    @Test
    void filesThatChangedWhileTheServerWasDown_decide_andThoseThatDidNotGiveWay() throws Exception {
        rollout.activate(compiler.version("standard", "by ann"), ANN);
        stop();
        start(true);
        assertThat(active()).as("the files are the same as ever").isEqualTo("by ann");
        settle();
        assertThat(active()).as("also for who watches them").isEqualTo("by ann");
        stop();
        write("changed");
        start(true);
        assertThat(active()).isEqualTo("changed");
        assertThat(rollout.rollback("standard", ANN)).isNotNull();
        assertThat(active()).isEqualTo("by ann");
        stop();
        write("changed again");
        start(false);
        assertThat(active()).as("files are only reported").isEqualTo("by ann");
        settle();
        assertThat(watched.notice().orElseThrow())
                .contains("has changed on disk", "`on_change` of `policies` is `report`");
        rollout.activate(compiler.version("standard", "changed again"), ANN);
        settle();
        assertThat(watched.notice()).as("somebody brought it into force").isEmpty();
    }

    @Test
    void aChangeOnDisk_isActivatedOnceItIsSettled() throws Exception {
        settle();
        write("two");
        watched.look();
        assertThat(active()).as("it may be half a save").isEqualTo("one");
        watched.look();
        assertThat(active()).isEqualTo("two");
        assertThat(watched.notice()).isEmpty();
        int compiled = compiler.compiled();
        settle();
        assertThat(compiler.compiled()).as("nothing has changed").isEqualTo(compiled);
        write("three");
        watched.look();
        write("four");
        watched.look();
        assertThat(active()).isEqualTo("two");
        watched.look();
        assertThat(active()).isEqualTo("four");
        assertThat(counted("activated")).isEqualTo(2);
    }

    private double counted(String outcome) {
        return registry.find("regrade.policy.reload")
                .tags("policy", "standard", "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void aBadChange_leavesWhatDecided_andIsTold_untilItIsMended() throws Exception {
        settle();
        Files.writeString(directory.resolve("standard/policy.yaml"), "name: standard\ndescripton: typo\n");
        settle();

        assertThat(active()).isEqualTo("one");
        assertThat(watched.notice().orElseThrow())
                .contains("`standard` has changed on disk and cannot be used", "standard/policy.yaml:2", "descripton");
        assertThat(watched.reloads()).singleElement().satisfies(reload -> {
            assertThat(reload.outcome()).isEqualTo(Reload.Outcome.REFUSED);
            assertThat(reload.diagnostics()).isNotEmpty();
        });
        assertThat(counted("refused")).isEqualTo(1);
        assertThat(stale()).isEqualTo(1);
        write("one");
        settle();
        assertThat(watched.notice()).isEmpty();
        assertThat(stale()).isZero();
        Files.write(directory.resolve("standard/rule.drl"), new byte[] {(byte) 0xff, (byte) 0xfe});
        settle();
        assertThat(watched.notice().orElseThrow()).contains("the file is not UTF-8 text");
    }

    @Test
    void aChange_thatTakesTooMuchToCheck_isNotCompiledHere() throws Exception {
        settle();
        int before = compiler.compiled();
        stopped.set(new DraftRun.Stop("time-limit", "it ran for more than 60 s"));
        write("two");
        settle();
        assertThat(watched.reloads()).singleElement().satisfies(reload -> {
            assertThat(reload.outcome()).isEqualTo(Reload.Outcome.REFUSED);
            assertThat(reload.diagnostics().get(0).message()).contains("it ran for more than 60 s");
        });
        assertThat(compiler.compiled()).isEqualTo(before);
        stopped.set(null);
        write("three");
        settle();
        assertThat(watched.notice()).isEmpty();
        assertThat(compiler.compiled()).isEqualTo(before + 1);
    }

    private double stale() {
        return registry.find("regrade.policy.stale").gauge().value();
    }

    @Test
    void directoriesThatAreSwapped_linksThatAreTurned_andNewPolicies_areSeen() throws Exception {
        settle();
        Path next = Files.createDirectories(directory.resolve(".next"));
        Files.writeString(next.resolve("policy.yaml"), "name: standard\ndescription: swapped\n");
        Files.move(directory.resolve("standard"), directory.resolve(".old"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(next, directory.resolve("standard"), StandardCopyOption.ATOMIC_MOVE);
        settle();
        assertThat(active()).isEqualTo("swapped");

        Path target = Files.createDirectories(directory.resolve(".linked"));
        Files.writeString(target.resolve("policy.yaml"), "name: standard\ndescription: linked!\n");
        Path link = Files.createSymbolicLink(directory.resolve(".link"), target);
        Files.move(directory.resolve("standard"), directory.resolve(".swapped"));
        Files.move(link, directory.resolve("standard"), StandardCopyOption.ATOMIC_MOVE);
        settle();
        assertThat(active()).isEqualTo("linked!");

        Path more = Files.createDirectories(directory.resolve("more"));
        Files.writeString(more.resolve("policy.yaml"), "name: more\ndescription: came later\n");
        settle();
        assertThat(policies.find("more").bundle().description()).isEqualTo("came later");
    }

    @Test
    void aThread_looksByItself() throws Exception {
        watched.start(20);
        write("by the thread");
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!active().equals("by the thread") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        watched.close();
        assertThat(active()).isEqualTo("by the thread");
    }

    @Test
    void aCanary_isPromotedOrWithdrawn_andTheActiveVersionIsNone() throws Exception {
        String two = digest("two");
        rollout.activate(compiler.version("standard", "two"), ANN);
        rollout.rollback("standard", ANN);
        assertThat(active()).isEqualTo("one");

        assertThatThrownBy(() -> rollout.promoteCanary("standard", ANN)).hasMessage("`standard` has no canary");
        assertThatThrownBy(() -> rollout.startCanary(
                        "standard", policies.find(null).ref().digest(), 1, ANN))
                .hasMessageContaining("decides all machines already");
        rollout.startCanary("standard", two, 5, ANN);
        rollout.withdrawCanary("standard", ANN);
        assertThat(policies.versions("standard").orElseThrow().canary()).isNull();
        rollout.startCanary("standard", two, 5, ANN);
        rollout.promoteCanary("standard", ANN);

        assertThat(active()).isEqualTo("two");
        Pattern canary = Pattern.compile(".*\"step\":\"(\\w+)\",\"type\":\"canary\".*");
        List<String> steps = new ArrayList<>();
        for (String leaf : leaves()) {
            var matcher = canary.matcher(leaf);
            if (matcher.matches()) {
                steps.add(matcher.group(1));
            }
        }
        assertThat(steps).containsExactly("start", "withdraw", "start", "promote");
    }
}
