package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Numbers;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.policy.FileDiff;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyDiff;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How two versions of a policy differ, in their files and in what they mean.
 *
 * @param from the digest of the one
 * @param to the digest of the other
 * @param files the files that differ
 * @param meaning the rules and parameters that differ; null when one of them was not looked into, or cannot be read
 */
public record VersionDiff(
        String from,
        String to,
        List<FileDiff> files,
        @Nullable PolicyDiff meaning) {

    /** Copies the list. */
    public VersionDiff {
        files = List.copyOf(files);
    }

    /**
     * Compares.
     *
     * @param deep whether to look into the files, which nobody should do with files that nothing has checked
     */
    public static VersionDiff of(Contents from, Contents to, boolean deep) {
        PolicyDiff meaning = null;
        if (deep) {
            Optional<PolicyBundle> before = read(from);
            Optional<PolicyBundle> after = read(to);
            if (before.isPresent() && after.isPresent()) {
                meaning = PolicyDiff.between(before.get(), after.get());
            }
        }
        return new VersionDiff(from.digest(), to.digest(), FileDiff.between(from.files(), to.files()), meaning);
    }

    private static Optional<PolicyBundle> read(Contents contents) {
        try {
            return Optional.of(PolicyReader.of(contents.files()));
        } catch (PolicyException e) {
            return Optional.empty();
        }
    }

    /** As JSON. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("from", from);
        node.put("to", to);
        ArrayNode list = node.putArray("files");
        for (FileDiff file : files) {
            list.addObject()
                    .put("path", file.path())
                    .put("change", word(file.change()))
                    .put("diff", file.unified());
        }
        if (meaning != null) {
            ArrayNode rules = node.putArray("rules");
            for (PolicyDiff.RuleChange rule : meaning.rules()) {
                rules.addObject()
                        .put("id", rule.id())
                        .put("name", rule.name())
                        .put("change", word(rule.change()))
                        .put("file", rule.file())
                        .put("line", rule.line());
            }
            ArrayNode parameters = node.putArray("parameters");
            for (PolicyDiff.ParameterChange one : meaning.parameters()) {
                parameters
                        .addObject()
                        .put("name", one.name())
                        .put("environment", one.environment())
                        .put("unit", one.unit())
                        .put("from", one.from())
                        .put("to", one.to());
            }
        }
        return node;
    }

    /** As a text: what it means first, then a unified diff that `patch` reads. */
    public String text() {
        StringBuilder out = new StringBuilder("from " + from + "\nto   " + to + "\n");
        if (files.isEmpty()) {
            return out.append("\nnothing differs\n").toString();
        }
        if (meaning != null) {
            meaning.rules()
                    .forEach(rule -> out.append("rule " + rule.id() + " " + word(rule.change()) + ": " + rule.name()
                            + " (" + rule.file() + ":" + rule.line() + ")\n"));
            meaning.parameters()
                    .forEach(one -> out.append("parameter " + one.name() + " in " + one.environment() + ": "
                            + shown(one.from()) + " → " + shown(one.to()) + " " + one.unit() + "\n"));
        }
        files.forEach(file -> out.append('\n').append(file.unified()));
        return out.toString();
    }

    private static String shown(@Nullable Double value) {
        return value == null ? "none" : Numbers.show(value);
    }

    private static String word(FileDiff.Change change) {
        return change.name().toLowerCase(Locale.ROOT);
    }
}
