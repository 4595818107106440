package io.regrade.engine.drools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.check.Variables;
import io.regrade.policy.structure.Place;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.kie.memorycompiler.CompilationProblem;
import org.kie.memorycompiler.JavaCompiler;
import org.kie.memorycompiler.JavaCompilerFactory;
import org.kie.memorycompiler.JavaConfiguration;
import org.kie.memorycompiler.resources.MemoryResourceReader;
import org.kie.memorycompiler.resources.MemoryResourceStore;

/**
 * Compiles what stands under {@code then} of each rule, each by itself as a method of the variables that its conditions
 * bind, with the Java compiler that Drools uses: so its errors have the line and column of the rule's file, and one rule
 * hides nothing of another. What it compiles is thrown away, and never loaded. Rules whose variables have types that
 * cannot be told, and those that use more than plain Java, are left to Drools.
 */
final class ConclusionCheck {

    private static final Pattern NOT_PLAIN = Pattern.compile("\\b(modify|drools|kcontext|with)\\b\\s*[.({]");
    private static final String ACTIONS =
            " abstract void insert(Object fact); abstract void insertLogical(Object fact);"
                    + " abstract void delete(Object fact); abstract void retract(Object fact); abstract void update(Object fact);";

    private record Unit(RuleStructure rule, int offset) {}

    private final PolicyBundle policy;
    private final Map<String, Unit> units = new HashMap<>();
    private final MemoryResourceReader sources = new MemoryResourceReader();

    private ConclusionCheck(PolicyBundle policy) {
        this.policy = policy;
    }

    static List<Diagnostic> of(PolicyBundle policy, PolicyStructure structure) {
        ConclusionCheck check = new ConclusionCheck(policy);
        for (RuleStructure rule : structure.rules()) {
            List<String> imports = structure.imports().get(rule.place().file());
            if (imports != null && rule.isWhole()) {
                check.add(rule, imports);
            }
        }
        return check.units.isEmpty() ? List.of() : check.compile();
    }

    private void add(RuleStructure rule, List<String> imports) {
        String dialect = rule.attributes().getOrDefault("dialect", "java");
        if (!dialect.equals("java") || NOT_PLAIN.matcher(rule.consequence()).find()) {
            return;
        }
        Variables variables = Variables.of(rule);
        List<String> parameters = new ArrayList<>();
        for (String name : variables.names()) {
            if (uses(rule.consequence(), name)) {
                String type = variables.sourceOf(name).orElse("");
                if (type.isEmpty()) {
                    return;
                }
                parameters.add(type + " " + name);
            }
        }
        String type = "Conclusion_" + units.size();
        StringBuilder head = new StringBuilder("package conclusions; ");
        imports.forEach(one -> head.append("import ").append(one).append("; "));
        head.append("abstract class ").append(type).append(" {").append(ACTIONS);
        head.append(" void conclude(").append(String.join(", ", parameters)).append(") throws Exception { ");
        String file = "conclusions/" + type + ".java";
        units.put(file, new Unit(rule, head.length()));
        sources.add(file, (head + rule.consequence() + "\n}}").getBytes(UTF_8));
    }

    private static boolean uses(String text, String name) {
        return Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])")
                .matcher(text)
                .find();
    }

    private List<Diagnostic> compile() {
        JavaCompiler compiler = JavaCompilerFactory.loadCompiler(JavaConfiguration.CompilerType.ECLIPSE, "17");
        CompilationProblem[] errors = compiler.compile(
                        units.keySet().stream().sorted().toArray(String[]::new),
                        sources,
                        new MemoryResourceStore(),
                        ConclusionCheck.class.getClassLoader())
                .getErrors();
        List<Diagnostic> problems = new ArrayList<>();
        for (CompilationProblem error : errors) {
            Unit unit = units.get(error.getFileName().replace('\\', '/'));
            if (unit != null) {
                ConclusionWords.Words words = ConclusionWords.of(String.valueOf(error.getMessage()));
                problems.add(place(unit, error).error(words.code(), words.sentence()));
            }
        }
        return problems;
    }

    private Place place(Unit unit, CompilationProblem error) {
        Place begin = unit.rule.consequencePlace();
        if (begin.offset() < 0) {
            return begin;
        }
        String consequence = unit.rule.consequence();
        int within = Math.max(
                0,
                Math.min(
                        error.getStartColumn() - unit.offset,
                        consequence.stripTrailing().length() - 1));
        String text = policy.files().getOrDefault(begin.file(), "");
        int at = Math.min(begin.offset() + within, text.length());
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new Place(begin.file(), line + 1, at - text.lastIndexOf('\n', at - 1), at, 0);
    }
}
