package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.audit.LogSource;
import io.regrade.audit.LogVerifier;
import io.regrade.audit.Verification;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.DraftRun;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.Drafts.Said;
import io.regrade.ledger.Expectation;
import io.regrade.pipeline.DraftWork;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.child.ChildJvm;
import io.regrade.pipeline.child.ChildLimits;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import io.regrade.policy.bundle.Manifest;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.tlog.SigningKey;
import io.regrade.tlog.VerifierKey;
import io.regrade.web.Http.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole life of a policy over HTTP, on a real database and with real processes for drafts. */
class PolicyLifeHttpTest {

    private static final Duration HANGS = Duration.ofMinutes(3);
    private static final DroolsCompiler COMPILER = new DroolsCompiler();
    private static final ChildJvm CHILDREN =
            new ChildJvm("io.regrade.app.Main", new ChildLimits(192, 120, ChildLimits.OUTPUT_BYTES));

    @TempDir
    private static Path directory;

    private static DatabaseAddress database;
    private static TestServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        database = TestPostgres.freshDatabase();
        server = server(database, CHILDREN, TrustedKeys.ANY);
        http = server.http;
    }

    @AfterAll
    static void stop() {
        server.close();
        CHILDREN.close();
    }

    static TestServer server(DatabaseAddress database, DraftWork work, TrustedKeys trusted) throws Exception {
        ReadyPolicy disk = ReadyPolicy.of(PolicyReader.of(TinyPolicy.files("as on the disk")), COMPILER);
        return new TestServer(disk, database, work, trusted);
    }

    private static Reply create(String policy, byte[] archive, String by) {
        return http.send(
                "POST",
                "/v1/policies/" + policy + "/drafts?comment=more+words",
                BodyPublishers.ofByteArray(archive),
                "Content-Type",
                "application/gzip",
                "Regrade-Actor",
                by);
    }

    private static Reply say(String draft, String verb, String by, String body) {
        return http.post("/v1/drafts/" + draft + "/" + verb, Http.JSON, body, "Regrade-Actor", by);
    }

    private static String state(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().get("state").asText();
    }

    /** Has a draft checked or tested, and waits for the end. */
    private static JsonNode run(String draft, String work) throws InterruptedException {
        Reply begun = say(draft, work, "ann", "{}");
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        Instant end = Instant.now().plus(HANGS);
        JsonNode run = begun.json();
        while (List.of("waiting", "running").contains(run.get("state").asText())) {
            assertThat(Instant.now()).as("the run hangs").isBefore(end);
            Thread.sleep(100);
            run = http.get(begun.header("Location")).json();
        }
        return run;
    }

    private static JsonNode decide(Http client) {
        Reply reply = client.post("/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"a\",\"vcpu\":2}],\"targets\":[]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().at("/decisions/0");
    }

    /** Brings a draft as far as its approval; what its checks say is not what these tests are about. */
    private static void approve(TestServer at, String draft) {
        String digest = join(at.ledger.drafts().byId(draft)).orElseThrow().digest();
        Remark ann = new Remark(new Asker("http", "ann", null), null);
        Remark bob = new Remark(new Asker("http", "bob", null), null);
        for (Said said : List.of(
                Said.outcome(Verb.CHECK, ann, digest, true),
                Said.outcome(Verb.TEST, ann, digest, true),
                Said.plain(Verb.SUBMIT, ann),
                Said.approval(bob, 1))) {
            join(at.ledger.drafts().say(draft, said, Expectation.NONE));
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String draft(String why) {
        Reply created = create("tiny", TinyPolicy.archive(why), "ann");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.json().get("id").asText();
    }

    private static Reply rollback(String body) {
        return http.post("/v1/policies/tiny/rollback", Http.JSON, body, "Regrade-Actor", "cy");
    }

    @Test
    void whatIsSaidOfARunOnItsWay_andComesLate_doesNotUndoItsEnd() throws Exception {
        String draft = draft("as checked");
        JsonNode checked = run(draft, "check");
        String id = checked.get("id").asText();
        DraftRun over = join(server.ledger.runs().byId(draft, id)).orElseThrow();

        join(server.ledger
                .runs()
                .put(new DraftRun(
                        id,
                        draft,
                        over.work(),
                        over.digest(),
                        DraftRun.State.RUNNING,
                        over.by(),
                        "late",
                        null,
                        null,
                        over.createdAt(),
                        null)));

        assertThat(http.get("/v1/drafts/" + draft + "/runs/" + id).json()).isEqualTo(checked);
    }

    @Test
    void aDraft_livesUntilItDecides_andIsGoneBackFrom() throws Exception {
        JsonNode before = decide(http);
        String old = before.at("/policy/digest").asText();
        assertThat(before.get("why").asText()).contains("as on the disk");

        Reply created = create("tiny", TinyPolicy.archive("as drafted"), "ann");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String draft = created.json().get("id").asText();
        assertThat(created.json().get("base").asText()).isEqualTo(old);
        Reply tooEarly = say(draft, "approve", "bob", "{}");
        assertThat(tooEarly.status()).isEqualTo(409);
        assertThat(tooEarly.json().get("detail").asText()).contains("Missing before it: `check`, `test`, `submit`");

        JsonNode checked = run(draft, "check");
        assertThat(checked.get("state").asText()).isEqualTo("passed");
        assertThat(checked.at("/result/inventory/0/rule").asText()).isEqualTo("stay");
        assertThat(checked.at("/result/inventory/0/calls/0").asText()).isEqualTo("Choice.keep");
        JsonNode tested = run(draft, "test");
        assertThat(tested.get("state").asText()).as(tested.toString()).isEqualTo("passed");
        assertThat(tested.at("/result/policy/name").asText()).isEqualTo("tiny");
        assertThat(state(say(draft, "submit", "ann", "{\"comment\":\"please\"}")))
                .isEqualTo("submitted");
        Reply alone = say(draft, "approve", " ANN".strip(), "{}");
        assertThat(alone.status()).isEqualTo(409);
        assertThat(alone.json().get("detail").asText()).contains("somebody else has to approve it");
        assertThat(say(draft, "activate", "bob", "{}").status()).isEqualTo(409);
        assertThat(state(say(draft, "approve", "bob", "{\"comment\":\"good\"}")))
                .isEqualTo("approved");
        assertThat(decide(http).at("/policy/digest").asText()).isEqualTo(old);
        assertThat(state(say(draft, "activate", "bob", "{\"comment\":\"from today on\"}")))
                .isEqualTo("active");

        JsonNode after = decide(http);
        String now = after.at("/policy/digest").asText();
        assertThat(now).isEqualTo(created.json().get("digest").asText()).isNotEqualTo(old);
        assertThat(after.get("why").asText()).contains("as drafted");
        JsonNode versions = http.get("/v1/policies/tiny/versions").json().get("versions");
        assertThat(versions.at("/0/digest").asText()).isEqualTo(now);
        assertThat(versions.at("/0/activations/0").toString())
                .contains("\"by\":\"bob\"", "\"comment\":\"from today on\"", draft, "\"previous\":\"" + old + "\"");
        assertThat(versions.at("/1/active").asBoolean()).isFalse();

        Reply diff = http.get("/v1/policies/tiny/diff?from=" + old + "&to=" + now, "Accept", "text/plain");
        assertThat(diff.text())
                .contains("rule stay changed: Everything stays (choose/choose.drl:4)")
                .contains("-  insert(Choice.keep(\"as on the disk\"));\n+  insert(Choice.keep(\"as drafted\"));");

        Reply back =
                http.post("/v1/policies/tiny/rollback", Http.JSON, "{\"comment\":\"too bold\"}", "Regrade-Actor", "cy");
        assertThat(back.status()).as(back.text()).isEqualTo(200);
        assertThat(back.json().get("digest").asText()).isEqualTo(old);
        assertThat(decide(http).at("/policy/digest").asText()).isEqualTo(old);
        assertThat(http.get("/v1/drafts/" + draft).json().get("state").asText()).isEqualTo("replaced");

        Verification log = new LogVerifier(
                        LogSource.at(server.server.address() + "/v1/audit"),
                        VerifierKey.parse(server.ledger.log().key()))
                .verify((done, all) -> {});
        assertThat(log.defects()).isEmpty();
        assertThat(log.leaves()).containsKeys("activation", "draft");
    }

    @Test
    void anotherServer_beginsWithWhatWasActivated_andFollowsWhatIsGoneBackTo() throws Exception {
        String id = draft("for all servers");
        approve(server, id);
        Reply active = say(id, "activate", "bob", "{\"supersede\":true}");
        assertThat(state(active)).isEqualTo("active");
        String digest = active.json().get("digest").asText();

        try (TestServer other = server(database, CHILDREN, TrustedKeys.ANY)) {
            assertThat(decide(other.http).get("why").asText()).contains("for all servers");
            assertThat(decide(other.http).at("/policy/digest").asText()).isEqualTo(digest);

            Reply disk = rollback("{\"to\":\"disk\",\"comment\":\"the disk again\"}");
            assertThat(disk.json().get("what").asText()).isEqualTo("release");
            Instant end = Instant.now().plus(HANGS);
            while (decide(other.http).at("/policy/digest").asText().equals(digest)) {
                assertThat(Instant.now()).as("the other server does not follow").isBefore(end);
                Thread.sleep(50);
            }
            assertThat(decide(other.http).get("why").asText()).contains("as on the disk");
            assertThat(other.life.problem()).isEmpty();
        }
        Reply again = rollback("{\"to\":\"" + digest + "\"}");
        assertThat(again.json().get("what").asText()).isEqualTo("rollback");
        assertThat(rollback("{\"to\":\"" + digest + "\"}").status()).isEqualTo(409);
        assertThat(rollback("{\"to\":\"sha256:" + "0".repeat(64) + "\"}")
                        .json()
                        .get("detail")
                        .asText())
                .contains("has no version");
        assertThat(rollback("{\"to\":\"disk\"}").status()).isEqualTo(200);
    }

    @Test
    void anEdit_setsAnApprovedDraftBack_andItsEditorIsAnAuthor() {
        String id = draft("before the edit");
        approve(server, id);
        Reply read = http.get("/v1/drafts/" + id);
        assertThat(state(read)).isEqualTo("approved");

        Reply edited =
                put(id, TinyPolicy.RULES, TinyPolicy.rules("after the edit", ""), "If-Match", read.header("ETag"));

        assertThat(state(edited)).isEqualTo("draft");
        assertThat(edited.json().get("authors").toString()).isEqualTo("[\"ann\",\"bob\"]");
        assertThat(edited.json().get("approved_by")).isEmpty();
        assertThat(put(id, TinyPolicy.RULES, "late", "If-Match", read.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(http.get("/v1/drafts/" + id + "/files/" + TinyPolicy.RULES).text())
                .contains("after the edit");
        assertThat(http.get("/v1/drafts/" + id + "/diff", "Accept", "text/plain")
                        .text())
                .contains("+  insert(Choice.keep(\"after the edit\"));")
                .doesNotContain("rule stay"); // nobody has checked it: nothing has looked into it
        assertThat(http.delete("/v1/drafts/" + id + "/files/nowhere.drl", "Regrade-Actor", "ann")
                        .status())
                .isEqualTo(404);
        assertThat(http.delete("/v1/drafts/" + id + "/files/" + TinyPolicy.RULES, "Regrade-Actor", "ann")
                        .status())
                .isEqualTo(200);
        assertThat(put(id, "../../etc/passwd", "x").status()).isEqualTo(404); // the client's path, folded by HTTP
        assertThat(put(id, "a%2F..%2F..%2Fb", "x").status()).isEqualTo(400);
        assertThat(state(say(id, "withdraw", "ann", "{}"))).isEqualTo("withdrawn");
        assertThat(put(id, TinyPolicy.RULES, "x").status()).isEqualTo(409);
    }

    private static Reply put(String draft, String path, String text, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "Regrade-Actor";
        all[headers.length + 1] = "bob";
        all[headers.length + 2] = "Content-Type";
        all[headers.length + 3] = "text/plain; charset=utf-8";
        return http.send("PUT", "/v1/drafts/" + draft + "/files/" + path, BodyPublishers.ofString(text), all);
    }

    @Test
    void aDraft_ofAnOlderBase_isNotActivatedUnlessItMaySupersede() {
        String first = draft("the first of two");
        String second = draft("the second of two");
        approve(server, first);
        approve(server, second);
        assertThat(state(say(first, "activate", "bob", "{}"))).isEqualTo("active");

        Reply lost = say(second, "activate", "bob", "{}");

        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.json().get("detail").asText()).contains("what changed there would be lost");
        assertThat(state(say(second, "activate", "bob", "{\"supersede\":true}")))
                .isEqualTo("active");
        assertThat(decide(http).get("why").asText()).contains("the second of two");
        assertThat(rollback("{\"to\":\"disk\"}").status()).isEqualTo(200);
    }

    @Test
    void draftsOverHttp_areMadeOfChanges_listed_andReadAsArchives() {
        Reply made = http.post(
                "/v1/policies/tiny/drafts",
                Http.JSON,
                "{\"base\":\"active\",\"files\":{\"notes.md\":\"why\"},\"comment\":\"with notes\"}",
                "Regrade-Actor",
                "dora",
                "Idempotency-Key",
                "make-it-once");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().get("id").asText();
        assertThat(made.json().at("/history/0/comment").asText()).isEqualTo("with notes");

        Reply bundle = http.get("/v1/drafts/" + id + "/bundle");

        TreeMap<String, String> expected = new TreeMap<>(
                BundleArchive.read(bundle.response().body(), "draft").files());
        assertThat(expected).containsEntry("notes.md", "why").containsKey(TinyPolicy.RULES);
        assertThat(bundle.response().body()).isEqualTo(BundleArchive.write(Bundle.unsigned(expected)));
        assertThat(Bundle.digest(expected)).isEqualTo(made.json().get("digest").asText());
        JsonNode page = http.get("/v1/drafts?policy=tiny&state=draft&limit=1").json();
        assertThat(page.at("/drafts/0/id").asText()).isEqualTo(id);
        assertThat(http.get("/v1/drafts?policy=nobody").json().get("drafts")).isEmpty();
        assertThat(http.get("/v1/drafts?policy=tiny", "Accept", "text/csv").text())
                .startsWith("id,policy,state,digest,base,author,created_at,changed_at")
                .contains(",dora,");
        assertThat(create("tiny", "no archive".getBytes(UTF_8), "ann").status()).isEqualTo(400);
        assertThat(http.post("/v1/policies/tiny/drafts", Http.JSON, "{\"files\":{}}")
                        .json()
                        .toString())
                .contains("`Regrade-Actor` is missing");
        assertThat(http.get("/v1/drafts/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(http.get("/v1/policies/nobody/versions").status()).isEqualTo(404);
    }

    @Test
    void whereKeysAreTrusted_onlySignedVersionsDecide() throws Exception {
        SigningKey key = SigningKey.generate("example.org/policies", new SecureRandom());
        TrustedKeys trusted = new TrustedKeys(List.of(key.verifier()));
        Path disk = directory.resolve("tiny.tar.gz");
        Files.write(disk, BundleArchive.write(Manifest.sign(Bundle.unsigned(TinyPolicy.files("as on the disk")), key)));
        ReadyPolicy signedDisk = ReadyPolicy.load(disk, COMPILER, trusted);
        try (TestServer careful = new TestServer(signedDisk, TestPostgres.freshDatabase(), CHILDREN, trusted)) {
            String id = careful.http
                    .send(
                            "POST",
                            "/v1/policies/tiny/drafts",
                            BodyPublishers.ofByteArray(TinyPolicy.archive("signed")),
                            "Content-Type",
                            "application/gzip",
                            "Regrade-Actor",
                            "ann")
                    .json()
                    .get("id")
                    .asText();
            approve(careful, id);
            String path = "/v1/drafts/" + id;
            Reply unsigned = careful.http.post(path + "/activate", Http.JSON, "{}", "Regrade-Actor", "bob");
            assertThat(unsigned.status()).isEqualTo(422);
            assertThat(unsigned.json().get("detail").asText())
                    .contains("the policy is not signed, but it must be: with `example.org/policies`");
            String digest = careful.http.get(path).json().get("digest").asText();
            Reply pinned = careful.http.post(
                    "/v1/decisions?policy=tiny@" + digest, Http.JSON, "{\"vms\":[{\"id\":\"a\"}],\"targets\":[]}");
            String tried = "{\"digest\":\"" + digest + "\",\"share\":10}";
            Reply canary = careful.http.post("/v1/policies/tiny/canary", Http.JSON, tried, "Regrade-Actor", "bob");
            Reply shadow = careful.http.post("/v1/policies/tiny/shadow", Http.JSON, tried, "Regrade-Actor", "bob");
            assertThat(List.of(pinned.text(), canary.text(), shadow.text()))
                    .allMatch(text -> text.contains("is not signed, but it must be"));

            byte[] signed = BundleArchive.write(Manifest.sign(Bundle.unsigned(TinyPolicy.files("signed")), key));
            Reply put = careful.http.send(
                    "PUT",
                    path + "/bundle",
                    BodyPublishers.ofByteArray(signed),
                    "Content-Type",
                    "application/gzip",
                    "Regrade-Actor",
                    "ann");
            assertThat(put.json().get("signed_by").toString()).isEqualTo("[\"example.org/policies\"]");
            approve(careful, id);
            assertThat(state(careful.http.post(path + "/activate", Http.JSON, "{}", "Regrade-Actor", "bob")))
                    .isEqualTo("active");
            assertThat(decide(careful.http).get("why").asText()).contains("signed");
        }
    }
}
