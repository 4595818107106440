package io.regrade.engine.drools;

import io.regrade.engine.drools.drl.DrlSource;
import io.regrade.policy.DecisionTable;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kie.api.builder.Message;

/**
 * What Drools itself has to say of rules whose structure and conclusions are in order: seldom anything, and then with the
 * line of a pattern or a rule.
 */
final class Diagnostics {

    static final String PREFIX = "policy/";
    private static final String CODE = "does-not-compile";
    private static final String CONCLUSION = "Rule Compilation error ";
    private static final Pattern ERROR = Pattern.compile("\\[Error: (.*?)\\]", Pattern.DOTALL);

    private Diagnostics() {}

    static List<Diagnostic> of(PolicyBundle policy, List<Message> messages) {
        List<Diagnostic> problems = new ArrayList<>();
        for (Message message : messages) {
            String file = file(policy, message);
            String words = words(String.valueOf(message.getText()));
            Diagnostic found =
                    place(policy, file, Math.max(0, message.getLine())).error(CODE, words);
            problems.add(DecisionTable.named(found, policy.files()));
        }
        return problems.stream().distinct().sorted().toList();
    }

    /** Something went wrong that is no message: the compiler itself failed. */
    static Diagnostic failed(PolicyBundle policy, Throwable e) {
        String told = e instanceof VirtualMachineError
                ? "it is too much for the compiler. Maybe shorter expressions, or several rules"
                : String.valueOf(e.getMessage());
        String file = policy.files().keySet().stream()
                .filter(name -> told.contains(PREFIX + name))
                .findFirst()
                .orElse("policy.yaml");
        String words = told.lines().findFirst().orElse("").replaceFirst("^\\[.*?\\]\\s*", "");
        return Diagnostic.error(CODE, file, 0, "it does not compile: " + ConclusionWords.plain(words));
    }

    private static String words(String text) {
        Matcher error = ERROR.matcher(text);
        String told = text.startsWith(CONCLUSION)
                ? text.substring(CONCLUSION.length())
                : error.find() ? error.group(1) : text;
        String first = told.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("it does not compile");
        return ConclusionWords.plain(first);
    }

    private static Place place(PolicyBundle policy, String file, int line) {
        String text = policy.files().get(file);
        if (line == 0 || text == null || !file.endsWith(".csv")) {
            return new Place(file, line, 0, -1, 0);
        }
        DrlSource source = DrlSource.of(file, text);
        return source.place(source.offset(line, 0), 0);
    }

    private static String file(PolicyBundle policy, Message message) {
        String path = message.getPath() == null ? "" : message.getPath();
        int at = path.indexOf(PREFIX);
        String file = (at >= 0 ? path.substring(at + PREFIX.length()) : path).replaceFirst("\\.dslr\\.drl$", ".dslr");
        if (policy.files().containsKey(file)) {
            return file;
        }
        return policy.files().size() == 1 ? policy.files().firstKey() : "policy.yaml";
    }
}
