package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.metrics.RegradeMeters;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.RuleHealth;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.budget.BudgetLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A rule that never ends: its machine is kept, with the error, recorded and counted; the server tells of the rule. */
class BudgetHttpTest {

    private static final String STOPPED = "rule `never-ends` exceeded the time budget of 100 ms in phase `choose`";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(TestServer.NOW);

    /** Time that goes on when the test says so. */
    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private static SortedMap<String, String> files() {
        SortedMap<String, String> files = TinyPolicy.files("it is well where it is");
        files.put(
                TinyPolicy.RULES,
                TinyPolicy.rules(
                                "it is well where it is",
                                "rule \"Never ends\"\n  @id(\"never-ends\") @owner(\"mallory\") @why(\"It is hostile.\")\n"
                                        + "when\n  $vm : Vm(name == \"loop\")\nthen\n  long n = 0;\n"
                                        + "  while (n >= 0) { n = n + $vm.name().length() - $vm.name().length(); }\nend\n"
                                        + "rule \"Speaks oddly\"\n  @id(\"odd\") @owner(\"mallory\") @why(\"It is hostile.\")\n"
                                        + "when\n  Vm(name == \"odd\")\nthen\n"
                                        + "  insert(Choice.keep(\"a\" + (char) 0 + (char) 0xd800 + (char) 27 + \"b\"));\nend\n")
                        .replace("Vm()\nthen", "Vm(name != \"odd\")\nthen"));
        return files;
    }

    private static JsonNode decided(TestServer server, String name) {
        return server.http
                .post(
                        "/v1/decisions",
                        Http.JSON,
                        "{\"vms\":[{\"id\":\"" + name + "\",\"name\":\"" + name + "\",\"vcpu\":2}],\"targets\":[]}")
                .json()
                .at("/decisions/0");
    }

    private static JsonNode budgets(TestServer server) {
        Http.Reply reply = server.http.get("/health/ready?verbose");
        assertThat(reply.status()).as("it decides, so it is ready").isEqualTo(200);
        return reply.json().at("/checks/0");
    }

    @Test
    void aRuleThatNeverEnds_keepsItsMachine_isRecordedCountedAndTold() throws Exception {
        RuleHealth health = new RuleHealth(new RegradeMeters(registry), clock());
        DroolsCompiler compiler =
                new DroolsCompiler(new BudgetLimits(Duration.ofMillis(100), 100, 100, 1L << 30), health);
        ReadyPolicy policy = ReadyPolicy.of(PolicyReader.of(files()), compiler);
        try (TestServer server = new TestServer(policy, List.of(HealthCheck.notice("budgets", health::problem)))) {
            assertThat(budgets(server).get("status").asText()).isEqualTo("up");
            for (int i = 1; i <= 3; i++) {
                JsonNode decision = decided(server, "loop");
                assertThat(decision.get("action").asText()).isEqualTo("keep");
                assertThat(decision.at("/errors/0").asText()).as("%s", decision).isEqualTo(STOPPED);
                JsonNode kept = server.http
                        .get("/v1/decisions/" + decision.get("id").asText())
                        .json();
                assertThat(kept.get("action").asText()).isEqualTo("keep");
                assertThat(kept.at("/errors/0").asText()).as("%s", kept).isEqualTo(STOPPED);
                assertThat(registry.get("regrade.policy.budget.exceeded")
                                .tags("policy", "tiny", "rule", "never-ends", "budget", "time")
                                .counter()
                                .count())
                        .isEqualTo(i);
                assertThat(budgets(server).get("status").asText()).isEqualTo(i < 3 ? "up" : "warning");
            }
            assertThat(budgets(server).get("detail").asText()).contains("`tiny/never-ends`");
            assertThat(registry.get("regrade.policy.rules.unhealthy").gauge().value())
                    .isEqualTo(1);

            JsonNode other = decided(server, "another");
            assertThat(other.get("action").asText()).isEqualTo("keep");
            assertThat(other.get("errors")).as("others are decided as ever").isNullOrEmpty();

            JsonNode odd = decided(server, "odd");
            assertThat(odd.get("action").asText()).isEqualTo("keep");
            JsonNode kept =
                    server.http.get("/v1/decisions/" + odd.get("id").asText()).json();
            assertThat(kept.get("why").asText())
                    .as("what no ledger could keep is not kept")
                    .isEqualTo("a???b");

            now.set(TestServer.NOW.plus(Duration.ofMinutes(61)));
            assertThat(budgets(server).get("status").asText())
                    .as("an hour later")
                    .isEqualTo("up");
        }
    }
}
