package io.regrade.pipeline;

import io.regrade.engine.RuleCompiler;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.analysis.RuleSetAnalysis;
import io.regrade.policy.gate.RuleInventory;
import io.regrade.policy.structure.PolicyStructure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Says what is wrong with a policy: all of it at once, one mistake hiding no other. Thread-safe. */
public final class CheckPolicy {

    /**
     * What was found.
     *
     * @param policy the policy's name, empty when it names none
     * @param digest of all its files, empty when they cannot be read
     * @param diagnostics ordered by place
     */
    public record Checked(String policy, String digest, List<Diagnostic> diagnostics) {

        /** Copies the list. */
        public Checked {
            diagnostics = List.copyOf(diagnostics);
        }

        /** With what an evaluation told besides. */
        public Checked with(List<Diagnostic> more) {
            return new Checked(
                    policy,
                    digest,
                    Stream.concat(diagnostics.stream(), more.stream()).sorted().toList());
        }

        /** Whether the policy can be used: it may have warnings. */
        public boolean isUsable() {
            return diagnostics.stream().noneMatch(Diagnostic::isError);
        }
    }

    private CheckPolicy() {}

    /** Checks the policy in a directory. */
    public static Checked check(Path directory, RuleCompiler compiler) {
        try {
            return check(PolicyReader.files(directory), compiler);
        } catch (PolicyException e) {
            return new Checked("", "", e.diagnostics());
        }
    }

    /**
     * What each rule of the policy in a directory may touch, for those who review it.
     *
     * @throws PolicyException with everything that is wrong with it
     */
    public static List<RuleInventory> inventory(Path directory, RuleCompiler compiler) {
        return compiler.inventory(PolicyReader.read(directory));
    }

    /**
     * Checks a policy of files by their path relative to its directory.
     *
     * @param compiler one that has compiled before answers faster: keep it
     */
    public static Checked check(SortedMap<String, String> files, RuleCompiler compiler) {
        PolicyReader.Reading reading = PolicyReader.reading(files);
        List<Diagnostic> problems = new ArrayList<>(reading.problems());
        PolicyStructure structure = compiler.structure(reading.policy());
        problems.addAll(compiler.check(reading.policy(), structure));
        if (problems.stream().noneMatch(Diagnostic::isError)) { // of rules that are wrong, nothing follows
            problems.addAll(RuleSetAnalysis.of(reading.policy(), structure));
        }
        return new Checked(
                reading.policy().name(),
                reading.policy().digest(),
                problems.stream().distinct().sorted().toList());
    }
}
