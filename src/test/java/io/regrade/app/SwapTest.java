package io.regrade.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.config.ConfigReader;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.ledger.Asker;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions that are activated while requests come: over real HTTP, in a real database, with real rules. */
class SwapTest {

    private static final int SWAPS = 60;
    private static final int VERSIONS = 5;
    private static final int CLIENTS = 3;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path directory;

    /** Compiled rules are kept by nobody but the server: that they go shows that it lets them go. */
    private final List<WeakReference<CompiledRules>> compiled = Collections.synchronizedList(new ArrayList<>());

    /** What was active from when to when at the most: from the call that activated it to the end of the next one. */
    private record Active(String digest, long from, long until) {}

    /** What a request was answered by, and when it was under way. */
    private record Answered(Set<String> digests, Set<String> why, long asked, long answered) {}

    private static PolicyBundle version(int number) {
        SortedMap<String, String> files = Policies.small(
                "choose/keep.drl",
                Policies.drl("choose", Policies.rule("keep-all", "Vm()", "insert(Choice.keep(\"v" + number + "\"));")));
        return PolicyReader.of(files);
    }

    private static void write(PolicyBundle bundle, Path place) throws IOException {
        for (Map.Entry<String, String> file : bundle.written().entrySet()) {
            Path path = place.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private Server start(RuleCompiler compiler) throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        write(version(0), directory.resolve("rules"));
        return Server.start(
                ConfigReader.parse(
                        "test",
                        """
                        http: {port: 0, workers: 2}
                        policies: {directory: %s, default: small, kept: 2}
                        data: {directory: %s}
                        database: {url: '%s', user: '%s', password: '%s'}
                        """.formatted(
                                        directory.resolve("rules"),
                                        directory.resolve("data"),
                                        database.url(),
                                        database.user(),
                                        database.password()),
                        Map.of()),
                compiler,
                Optional.empty(),
                Map.of());
    }

    @Test
    void sixtySwapsUnderLoad_failNoRequest_andEachIsAnsweredByOneVersionThatWasActive() throws Exception {
        RuleCompiler cached = new DroolsCompiler(directory.resolve("cache"), directory.resolve("compiled.key"));
        RuleCompiler compiler = bundle -> {
            CompiledRules rules = cached.compile(bundle);
            compiled.add(new WeakReference<>(rules));
            return rules;
        };
        List<Active> active = new ArrayList<>();
        List<Answered> answers = new ArrayList<>();
        try (Server server = start(compiler)) {
            AtomicBoolean swapping = new AtomicBoolean(true);
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try {
                List<Future<List<Answered>>> asking = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    asking.add(clients.submit(client(server.address(), i, swapping)));
                }
                String digest = version(0).digest();
                long from = System.nanoTime();
                for (int swap = 1; swap <= SWAPS; swap++) {
                    ReadyPolicy next = ReadyPolicy.of(version(swap % VERSIONS), compiler);
                    String nextDigest = next.ref().digest();
                    long begun = System.nanoTime();
                    server.rollout().activate(next, Asker.SERVER);
                    active.add(new Active(digest, from, System.nanoTime()));
                    digest = nextDigest;
                    from = begun;
                }
                active.add(new Active(digest, from, Long.MAX_VALUE));
                swapping.set(false);
                for (Future<List<Answered>> one : asking) {
                    answers.addAll(one.get());
                }
            } finally {
                clients.shutdownNow();
            }
            assertThat(answers).hasSizeGreaterThan(SWAPS);
            Set<String> seen = new HashSet<>();
            for (Answered answer : answers) {
                assertThat(answer.digests())
                        .as("one version for all of a request")
                        .hasSize(1);
                assertThat(answer.why()).as("and its rules").hasSize(1);
                String digest = answer.digests().iterator().next();
                assertThat(active)
                        .anyMatch(one -> one.digest().equals(digest)
                                && one.from() <= answer.answered()
                                && one.until() >= answer.asked());
                seen.add(digest);
            }
            assertThat(seen).as("load and swaps ran side by side").hasSizeGreaterThan(2);
            assertThat(compiled).hasSizeGreaterThanOrEqualTo(SWAPS);
            assertThat(left(2)).as("what is held ready is all that is left").isLessThanOrEqualTo(2);
        }
        assertThat(left(0)).as("a closed server keeps none").isZero();
    }

    private long left(int most) throws InterruptedException {
        long left = Long.MAX_VALUE;
        for (int i = 0; i < 100 && left > most; i++) {
            System.gc();
            Thread.sleep(20);
            left = compiled.stream().filter(one -> one.get() != null).count();
        }
        return left;
    }

    private static Callable<List<Answered>> client(URI address, int number, AtomicBoolean going) {
        return () -> {
            HttpClient client = HttpClient.newHttpClient();
            List<Answered> answers = new ArrayList<>();
            for (int i = 0; going.get(); i++) {
                String vm = "{\"id\":\"vm-%d-%d-%%d\",\"vcpu\":2,\"memory_gib\":8}".formatted(number, i);
                HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/decisions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"vms\":[" + vm.formatted(1) + "," + vm.formatted(2)
                                + "," + vm.formatted(3) + "],\"targets\":[]}"))
                        .build();
                long asked = System.nanoTime();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                long answered = System.nanoTime();
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                Set<String> digests = new HashSet<>();
                Set<String> why = new HashSet<>();
                for (JsonNode decision : MAPPER.readTree(response.body()).get("decisions")) {
                    digests.add(decision.at("/policy/digest").asText());
                    why.add(decision.get("why").asText());
                    assertThat(decision.get("errors")).isEmpty();
                }
                answers.add(new Answered(digests, why, asked, answered));
            }
            return answers;
        };
    }
}
