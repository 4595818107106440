package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.cli.NoServer;
import io.regrade.cli.RegradeCommand;
import io.regrade.cli.Services;
import io.regrade.db.TestPostgres;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.Drafts.Said;
import io.regrade.ledger.Expectation;
import io.regrade.pipeline.child.ChildJvm;
import io.regrade.pipeline.child.ChildLimits;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.web.Http.Reply;
import io.regrade.web.contract.Schemas;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a draft would change, measured over what a server holds and has decided: by the server in a process of its own, and
 * by a command that asks the server. The draft knows too little of the machine {@code b}.
 */
class DraftImpactHttpTest {

    private static final ChildJvm CHILDREN =
            new ChildJvm("io.regrade.app.Main", new ChildLimits(192, 600, ChildLimits.OUTPUT_BYTES));

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Http http;
    private static String active;
    private static String draft;
    private static String decision;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        server = PolicyLifeHttpTest.server(TestPostgres.freshDatabase(), CHILDREN, TrustedKeys.ANY);
        http = server.http;
        Samples.targets()
                .forEach(target -> http.put("/v1/targets/" + target.get("id").asText(), target.toString()));
        for (String id : List.of("a", "b", "c")) {
            http.put("/v1/vms/" + id, Samples.vm(id, 1, 4).put("group", "web").toString());
        }
        active = decide("a").at("/policy/digest").asText();
        decision = decide("b").get("id").asText();
        SortedMap<String, String> files = TinyPolicy.files("as on the disk");
        files.put(
                TinyPolicy.RULES,
                TinyPolicy.rules(
                                "as on the disk",
                                "rule \"Its owner is asked\"\n  @id(\"ask\")\n  @owner(\"finops\")\n"
                                        + "  @why(\"Nobody knows what it does.\")\nwhen\n  Vm(id == \"b\")\nthen\n"
                                        + "  insert(Choice.insufficientData(\"its owner is asked\"));\nend\n")
                        .replace("  Vm()\n", "  Vm(id != \"b\")\n"));
        Bundle bundle = Bundle.unsigned(files);
        Files.write(directory.resolve("draft.tar.gz"), BundleArchive.write(bundle));
        Reply created = http.send(
                "POST",
                "/v1/policies/tiny/drafts",
                BodyPublishers.ofFile(directory.resolve("draft.tar.gz")),
                "Content-Type",
                "application/gzip",
                "Regrade-Actor",
                "ann");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        draft = created.json().get("id").asText();
        assertThat(ask("{}").status()).as("measured before it was checked").isEqualTo(409);
        Said checked =
                Said.outcome(Verb.CHECK, new Remark(new Asker("http", "ann", null), null), bundle.digest(), true);
        server.ledger
                .drafts()
                .say(draft, checked, Expectation.NONE)
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        server.close();
        CHILDREN.close();
    }

    private static JsonNode decide(String vm) {
        Reply reply = http.post("/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"" + vm + "\"}]}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().at("/decisions/0");
    }

    private static Reply ask(String body) {
        return http.post("/v1/drafts/" + draft + "/impact", Http.JSON, body, "Regrade-Actor", "ann");
    }

    /** Has the draft measured, and follows it to its end. */
    private static JsonNode measured(String body) throws Exception {
        Reply begun = ask(body);
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        String events = http.get(begun.header("Location") + "/events").text();
        assertThat(events).contains("event: progress\n").contains("event: passed\n");
        JsonNode run = Http.parse(events.substring(events.lastIndexOf("data: ") + "data: ".length()));
        assertThat(run.get("state").asText()).as(events).isEqualTo("passed");
        assertThat(run.get("work").asText()).isEqualTo("impact");
        assertThat(Schemas.findings("Impact", run.get("result"))).isEmpty();
        return run;
    }

    @Test
    void overTheMachinesThatAreHeld_andAsAStepOfItsHistory() throws Exception {
        JsonNode run = measured("{\"comment\":\"for the review\"}");

        assertThat(run.get("progress")).isEqualTo(Http.parse("{\"done\":3,\"total\":3}"));
        JsonNode impact = run.get("result");
        assertThat(impact.at("/active/digest").asText()).isEqualTo(active);
        assertThat(impact.at("/draft/digest")).isEqualTo(run.get("digest"));
        assertThat(impact.get("machines").asInt()).isEqualTo(3);
        assertThat(impact.at("/changes/action").asInt()).isEqualTo(1);
        assertThat(impact.get("matrix"))
                .anySatisfy(pair -> assertThat(pair.toString())
                        .contains("\"from\":\"keep\",\"to\":\"insufficient-data\",\"machines\":1,\"changed\":1"));
        assertThat(impact.get("rules"))
                .anySatisfy(rule ->
                        assertThat(rule.toString()).contains("\"rule\":\"ask\"", "\"in\":\"draft\"", "\"newly\":1"));
        assertThat(impact.at("/groups/0/group").asText()).isEqualTo("web");
        JsonNode life = http.get("/v1/drafts/" + draft).json();
        assertThat(life.get("state").asText()).isEqualTo("checked");
        assertThat(life.get("history"))
                .anySatisfy(step -> assertThat(step.toString())
                        .contains("\"what\":\"impact\"", "\"by\":\"ann\"", "\"comment\":\"for the review\""));
    }

    @Test
    void overPastDecisionsOfAPeriod() throws Exception {
        JsonNode impact = measured(
                        "{\"of\":\"decisions\",\"from\":\"2025-03-01T13:00:00+01:00\",\"until\":\"2025-03-02T00:00:00Z\"}")
                .get("result");

        assertThat(impact.get("machines").asInt()).isEqualTo(2);
        assertThat(impact.get("changed").asInt()).isEqualTo(1);
        assertThat(impact.at("/from").asText()).isEqualTo(TestServer.NOW.toString());
    }

    @Test
    void whatCannotBeMeasured_isTold() {
        Reply reply = ask("{\"of\":\"decisions\",\"from\":\"yesterday\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("`yesterday` is not a moment. Maybe `2026-01-31T00:00:00Z`");
        assertThat(http.post("/v1/drafts/" + "0".repeat(32) + "/impact", Http.JSON, "{}", "Regrade-Actor", "ann")
                        .status())
                .isEqualTo(404);
    }

    private int command(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "policy",
                "impact",
                "--policy",
                directory.resolve("draft.tar.gz").toString(),
                "--server",
                server.server.address().toString()));
        arguments.addAll(List.of(more));
        Services services = new Services(Path.of(""), new DroolsCompiler(), new NoServer(), Clock.systemUTC());
        return RegradeCommand.commandLine(services)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void oneCommand_measuresOverAServer_againstWhatDecidesThere() throws Exception {
        assertThat(command("--format", "json")).as(err.toString()).isZero();
        JsonNode impact = Http.parse(out.toString());
        assertThat(Schemas.findings("Impact", impact)).isEmpty();
        assertThat(impact.at("/active/digest").asText()).isEqualTo(active);
        assertThat(impact.get("machines").asInt()).isEqualTo(3);
        assertThat(impact.get("changed").asInt()).isEqualTo(1);

        out.getBuffer().setLength(0);
        assertThat(command("--decisions", "--from", "2025-03-01T00:00:00Z", "--format", "csv", "--max-changed", "10%"))
                .isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("b,")
                .contains(",keep,insufficient-data,");
        assertThat(err.toString()).contains("accepted are 10 %");
    }
}
