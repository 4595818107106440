package io.regrade.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Policies for tests: the standard one by its files, and small ones of a few rules. */
final class Policies {

    static final EvaluationTime TIME = new EvaluationTime(Instant.parse("2026-06-01T00:00:00Z"));
    static final Pricing RATES = new Pricing(Pricing.Model.HOURLY, 0.02, 0.002, Double.NaN, Double.NaN);

    private Policies() {}

    /** The files of the standard policy, without its tests. */
    static SortedMap<String, String> standard() {
        Path root = Path.of("rules/standard");
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(path).toString().replace('\\', '/');
                if (!name.startsWith("tests/")) {
                    files.put(name, Files.readString(path, UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** The standard policy, compiled once for all tests; nobody closes it. */
    static ReadyPolicy compiledStandard() {
        return Standard.READY;
    }

    /** Holds what takes seconds to make until it is first asked for. */
    private static final class Standard {
        static final ReadyPolicy READY = ReadyPolicy.of(PolicyReader.of(standard()), CompiledOnce.compiler());
    }

    static ReadyPolicy ready(SortedMap<String, String> files) {
        return ReadyPolicy.of(PolicyReader.of(files), new DroolsCompiler());
    }

    /** A policy of rules in one phase, each given as {@code id|when|then}. */
    static ReadyPolicy small(String phase, String... rules) {
        StringBuilder drl = new StringBuilder("package small;\nimport io.regrade.fact.*;\n");
        drl.append("agenda-group \"").append(phase).append("\"\n");
        for (String rule : rules) {
            String[] parts = rule.split("\\|", 3);
            drl.append("rule \"Rule ").append(parts[0]).append("\"\n  @id(\"").append(parts[0]);
            drl.append("\")\n  @owner(\"test\")\n  @why(\"test\")\nwhen\n  ").append(parts[1]);
            drl.append("\nthen\n  ").append(parts[2]).append("\nend\n");
        }
        SortedMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", "name: small\nparameters:\n  p: {unit: x, default: 5, min: 0, max: 9}\n");
        files.put("rules.drl", drl.toString());
        return ready(files);
    }

    /** What a policy decides of one machine when there are no targets. */
    static Decision decide(ReadyPolicy policy, VmFacts facts) {
        return new DecideVm(policy, Catalog.of(java.util.List.of()), Pricing.HOURLY).decide(facts, TIME);
    }
}
