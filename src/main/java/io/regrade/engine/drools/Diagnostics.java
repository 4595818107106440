package io.regrade.engine.drools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.kie.api.builder.Message;

/** Puts Drools' messages into words and places that belong to the policy's own files. */
final class Diagnostics {

    static final String PREFIX = "policy/";
    private static final String CODE = "does-not-compile";

    private static final Pattern RULE = Pattern.compile("^\\s*rule\\b.*");
    private static final Pattern THEN = Pattern.compile("^\\s*then\\b.*");
    /** A table becomes rules, each under a comment that names its row. */
    private static final Pattern ROW = Pattern.compile("^// rule values at [A-Z]+(\\d+),.*");
    /** Where the other compiler stopped reading, counted from the line of {@code then}. */
    private static final Pattern STOPPED =
            Pattern.compile("Unable to parse consequence caused by: \\(line (\\d+),col \\d+\\)");

    private record Found(int rule, boolean ofConclusion, boolean ofVariable, Diagnostic diagnostic) {}

    private final PolicyBundle policy;
    private final Map<String, List<String>> lines = new HashMap<>();
    private final Map<String, Integer> stopped = new HashMap<>();

    private Diagnostics(PolicyBundle policy, List<Message> others) {
        this.policy = policy;
        for (Message message : others) {
            Matcher matcher = STOPPED.matcher(String.valueOf(message.getText()));
            if (matcher.find()) {
                stopped.putIfAbsent(file(message) + ":" + message.getLine(), Integer.parseInt(matcher.group(1)));
            }
        }
    }

    /**
     * Says what is wrong.
     *
     * @param messages of the compiler that knows lines
     * @param others of the compiler that knows where a conclusion ends too early
     */
    static List<Diagnostic> of(PolicyBundle policy, List<Message> messages, List<Message> others) {
        Diagnostics diagnostics = new Diagnostics(policy, others);
        List<Found> all = new ArrayList<>();
        messages.forEach(message -> all.addAll(diagnostics.found(message)));
        List<Found> told = all.stream().filter(found -> !follows(found, all)).toList();
        return (told.isEmpty() ? all : told)
                .stream().map(Found::diagnostic).distinct().sorted().toList();
    }

    /** Something went wrong that is no message: the compiler itself failed. */
    static Diagnostic failed(PolicyBundle policy, RuntimeException e) {
        String told = String.valueOf(e.getMessage());
        String file = policy.files().keySet().stream()
                .filter(name -> told.contains(PREFIX + name))
                .findFirst()
                .orElse("policy.yaml");
        String words = told.lines().findFirst().orElse("").replaceFirst("^\\[.*?\\]\\s*", "");
        return Diagnostic.error(CODE, file, 0, "it does not compile: " + Wording.plain(words));
    }

    /** A message that says again, less clearly, what another one says of the same place. */
    private static boolean follows(Found found, List<Found> all) {
        String words = found.diagnostic.message();
        boolean vague = words.startsWith("Parser returned") || words.startsWith("Unable to analyze");
        return all.stream()
                .filter(other -> other != found)
                .filter(other -> other.diagnostic.file().equals(found.diagnostic.file()))
                .anyMatch(other -> vague
                        ? !other.diagnostic.message().equals(words)
                        : found.ofVariable && !other.ofConclusion && other.rule == found.rule);
    }

    private List<Found> found(Message message) {
        String file = file(message);
        List<String> text = lines.computeIfAbsent(file, this::lines);
        int line = Math.min(Math.max(0, message.getLine()), text.size());
        List<Found> found = new ArrayList<>();
        for (Wording.Finding finding : Wording.of(String.valueOf(message.getText()))) {
            int rule = backTo(RULE, text, line);
            int place = finding.conclusion() ? conclusion(file, text, rule, finding) : condition(text, line, finding);
            found.add(new Found(
                    rule,
                    finding.conclusion(),
                    finding.token().startsWith("$"),
                    Diagnostic.error(CODE, file, inFile(file, text, place, finding.token()), finding.words())));
        }
        return found;
    }

    private String file(Message message) {
        String path = message.getPath() == null ? "" : message.getPath();
        int at = path.indexOf(PREFIX);
        String file = at >= 0 ? path.substring(at + PREFIX.length()) : path;
        if (policy.files().containsKey(file)) {
            return file;
        }
        return policy.files().size() == 1 ? policy.files().firstKey() : "policy.yaml";
    }

    /** What Drools counts lines in: the file, or the rules that it makes of a table. */
    private List<String> lines(String file) {
        String text = policy.files().getOrDefault(file, "");
        if (!file.endsWith(".csv")) {
            return text.lines().toList();
        }
        try {
            return new SpreadsheetCompiler()
                    .compile(new ByteArrayInputStream(text.getBytes(UTF_8)), InputType.CSV)
                    .lines()
                    .toList();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    /** Drools names the line of the pattern; the wrong word may stand further down. */
    private static int condition(List<String> text, int line, Wording.Finding finding) {
        return find(finding.token(), text, line, line);
    }

    /** Drools names the line of the rule; the wrong word stands under {@code then}. */
    private int conclusion(String file, List<String> text, int rule, Wording.Finding finding) {
        int then = rule;
        while (then > 0
                && then < text.size()
                && !THEN.matcher(text.get(then - 1)).matches()) {
            then++;
        }
        Integer stop = stopped.get(file + ":" + rule);
        if (finding.token().isEmpty() && stop != null) {
            return Math.min(then + stop - 1, text.size());
        }
        return find(finding.token(), text, then, finding.token().isEmpty() ? then : rule);
    }

    /** The first line from the given one on that has the word, or the other line when none has. */
    private static int find(String word, List<String> text, int from, int otherwise) {
        if (word.isEmpty()) {
            return otherwise;
        }
        Pattern pattern = Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?!\\w)");
        for (int line = Math.max(1, from); line <= text.size(); line++) {
            if (pattern.matcher(text.get(line - 1)).find()) {
                return line;
            }
        }
        return otherwise;
    }

    private static int backTo(Pattern pattern, List<String> text, int line) {
        int at = line;
        while (at > 0 && !pattern.matcher(text.get(at - 1)).matches()) {
            at--;
        }
        return at == 0 ? line : at;
    }

    /** The line in the file: of a table, where the word stands in its code, or the row that became the rule. */
    private int inFile(String file, List<String> text, int line, String token) {
        if (!file.endsWith(".csv")) {
            return line;
        }
        List<String> table = policy.files().getOrDefault(file, "").lines().toList();
        int written = find(token, table, 1, 0);
        if (written > 0) {
            return written;
        }
        int comment = backTo(ROW, text, line);
        Matcher row = ROW.matcher(comment > 0 && comment <= text.size() ? text.get(comment - 1) : "");
        return row.matches() ? Integer.parseInt(row.group(1)) : 0;
    }
}
