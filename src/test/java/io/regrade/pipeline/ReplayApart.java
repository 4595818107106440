package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.ledger.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A program of its own that replays the decisions in a directory, and prints what is different, and at last how many
 * are equal, of how many, on which Java version.
 */
final class ReplayApart {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String POLICY = "policy.json";
    private static final String CATALOG = "catalogue.ndjson";
    private static final String DECISIONS = "decisions.ndjson";

    private ReplayApart() {}

    /** Writes the decisions of one run, which share their policy and their catalogue. */
    static void write(Path directory, List<Evidence> run) throws IOException {
        Evidence any = run.get(0);
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        any.policyFiles().forEach(policy::put);
        Files.writeString(directory.resolve(POLICY), policy.toString());
        Files.write(directory.resolve(CATALOG), any.catalog());
        StringBuilder lines = new StringBuilder(1 << 20);
        for (Evidence one : run) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.set("decision", one.decision());
            line.put("facts", new String(one.facts(), UTF_8));
            line.put("decided_at", one.decidedAt().toString());
            line.put("engine", one.engine());
            lines.append(line).append('\n');
        }
        Files.writeString(directory.resolve(DECISIONS), lines);
    }

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        SortedMap<String, String> files = new TreeMap<>();
        MAPPER.readTree(directory.resolve(POLICY).toFile())
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
        byte[] catalog = Files.readAllBytes(directory.resolve(CATALOG));
        int equal = 0;
        int all = 0;
        try (LoadedPolicies loaded = new LoadedPolicies(CompiledOnce.compiler())) {
            ReplayDecision replays = new ReplayDecision(new PastEvaluations(loaded));
            for (String line : Files.readAllLines(directory.resolve(DECISIONS))) {
                JsonNode node = MAPPER.readTree(line);
                Evidence evidence = new Evidence(
                        (ObjectNode) node.get("decision"),
                        node.get("facts").asText().getBytes(UTF_8),
                        files,
                        catalog,
                        Instant.parse(node.get("decided_at").asText()),
                        node.get("engine").asText());
                Replay replay = replays.replay(evidence, null);
                byte[] stored = CanonicalJson.bytes(evidence.decision());
                boolean same = replay.isEqual() && replay.now().digest().equals(CanonicalJson.digest(stored));
                all++;
                equal += same ? 1 : 0;
                if (!same) {
                    System.out.println(replay.json());
                }
            }
        }
        System.out.println(
                equal + " of " + all + " equal on " + Runtime.version().feature());
    }
}
