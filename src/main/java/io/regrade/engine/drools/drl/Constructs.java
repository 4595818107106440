package io.regrade.engine.drools.drl;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ImportDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.QueryDescr;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * Finds what the rule language offers and policies may not use: what the compiler itself would run, what no bytecode
 * shows, and what would outlive a decision. Asked before anything is compiled.
 */
public final class Constructs {

    /** The code of what is found here. */
    public static final String CODE = "forbidden-construct";

    private static final Set<String> ATTRIBUTES = Set.of("agenda-group", "salience", "no-loop", "enabled");
    private static final Pattern LITERAL = Pattern.compile("\"?(-?\\d{1,9}|true|false)\"?");
    private static final Pattern IMPORTED =
            Pattern.compile("(io\\.regrade\\.fact|java\\.lang|java\\.util|java\\.time)\\.(\\w+|\\*)");
    private static final Pattern TAKEN =
            Pattern.compile("(java|javax|jdk|sun|com\\.sun|io\\.regrade|org\\.drools|org\\.kie)(\\..*)?");
    /** Drools acts on annotations by the names of its classes; a rule's own are words in lower case. */
    private static final Pattern ANNOTATION = Pattern.compile("[a-z][a-z0-9_-]*");
    /** What an annotation may say: anything else is calculated by the compiler, which would run it. */
    private static final Pattern WRITTEN =
            Pattern.compile("\"[^\"\\\\\\p{Cntrl}]*\"|-?\\d{1,9}(\\.\\d{1,9})?|true|false");
    /** What the compiler would put into its own code, between quotes. */
    private static final Pattern UNQUOTABLE = Pattern.compile("[\"\\\\\\p{Cntrl}]");
    /** Java reads these before anything else, so that a quote or a brace may stand where none is seen. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\u+00[0-7][0-9a-fA-F]");
    /** Names of those that it knows in other spellings. */
    private static final Set<String> ACTED_ON =
            Set.of("direct", "propagation", "watch", "expires", "role", "timestamp", "duration", "eager", "lazy");

    private final DrlSource source;
    private final List<Diagnostic> found = new ArrayList<>();

    private Constructs(DrlSource source) {
        this.source = source;
    }

    /**
     * Everything of a file that is not let in.
     *
     * @param parsed what the compiler's own parser read
     */
    static List<Diagnostic> forbidden(DrlSource source, PackageDescr parsed) {
        Constructs constructs = new Constructs(source);
        constructs.escapes();
        constructs.inPackage(parsed);
        return constructs.found.stream().distinct().toList();
    }

    private void escapes() {
        Matcher escape = ESCAPE.matcher(source.text());
        while (escape.find()) {
            found.add(Diagnostic.error(
                    CODE,
                    source.file(),
                    source.place(escape.start(), escape.group().length()).line(),
                    "`" + escape.group() + "` is another character for the compiler than for who reads it. Maybe the"
                            + " character itself"));
        }
    }

    private void inPackage(PackageDescr parsed) {
        if (TAKEN.matcher(String.valueOf(parsed.getName())).matches()) {
            add(
                    parsed,
                    "the package `" + parsed.getName() + "` is not the policy's own. Maybe name it after the policy");
        }
        Stream.of(String.valueOf(parsed.getName()).split("\\.", -1))
                .filter(SourceVersion::isKeyword)
                .forEach(word ->
                        add(parsed, "`" + word + "` in the name of the package is a word of Java. Maybe another name"));
        for (ImportDescr one : parsed.getImports()) {
            if (!IMPORTED.matcher(String.valueOf(one.getTarget()).strip()).matches()) {
                add(one, "`" + one.getTarget() + "` is not for rules. Maybe `io.regrade.fact.*`");
            }
        }
        parsed.getFunctionImports()
                .forEach(one -> add(one, "a function of a class is imported. Maybe a function here"));
        parsed.getAccumulateImports()
                .forEach(one ->
                        add(one, "a function to accumulate with is imported. Maybe `sum`, `count`, `min`, `max`"));
        parsed.getGlobals()
                .forEach(one -> add(one, "the global `" + one.getIdentifier() + "` is for no rule. Maybe a `Limit`"));
        parsed.getClassAndEnumDeclarationDescrs()
                .forEach(one -> add(one, "a type is declared. Maybe one of the facts there are"));
        parsed.getEntryPointDeclarations().forEach(one -> add(one, "an entry point is declared"));
        parsed.getWindowDeclarations().forEach(one -> add(one, "a window is declared"));
        if (parsed.getUnit() != null) {
            add(parsed.getUnit(), "a unit is declared. Maybe an agenda-group");
        }
        parsed.getAttributes().forEach(this::attribute);
        for (RuleDescr rule : parsed.getRules()) {
            if (rule instanceof QueryDescr) {
                add(rule, "a query is written. Maybe a condition with `exists`, `not` or `collect`");
            } else {
                inRule(rule);
            }
        }
    }

    private void inRule(RuleDescr rule) {
        rule.getAttributes().values().forEach(this::attribute);
        if (UNQUOTABLE.matcher(rule.getName()).find()) {
            add(rule, "the name of the rule has a quote, a `\\` or a line's end in it. Maybe only words");
        }
        annotations(rule);
        if (rule.hasParent()) {
            add(rule, "the rule extends another. Maybe write its conditions out");
        }
        if (rule.getUnit() != null) {
            add(rule, "the rule belongs to a unit. Maybe an agenda-group");
        }
        if (!rule.getNamedConsequences().isEmpty()) {
            add(rule, "the rule has several conclusions. Maybe one rule for each");
        }
        if (rule.getLhs() != null) {
            rule.getLhs().getDescrs().forEach(condition -> Conditions.check(condition, this::add));
            if (Alternatives.of(rule.getLhs()) > Alternatives.MOST) {
                add(
                        rule,
                        "the rule has more than " + Alternatives.MOST
                                + " combinations of alternatives, each of which becomes a rule. Maybe `||` within one"
                                + " condition, or several rules");
            }
        }
    }

    private void annotations(RuleDescr described) {
        for (AnnotationDescr one : described.getAnnotations()) {
            boolean known = ANNOTATION.matcher(one.getName()).matches() && !ACTED_ON.contains(one.getName());
            if (!known || !one.getAnnotations().isEmpty()) {
                addAnnotation(
                        described, one, "`@" + one.getName() + "` is not for rules. Maybe `@id`, `@owner`, `@why`");
            } else if (!one.getValueMap().values().stream().allMatch(Constructs::isWritten)) {
                addAnnotation(
                        described,
                        one,
                        "what `@" + one.getName() + "` says is calculated. Maybe write a text in quotes");
            }
        }
    }

    /** The parser does not tell where an annotation stands, so it is looked for in its rule. */
    private void addAnnotation(RuleDescr rule, AnnotationDescr annotation, String words) {
        int begin = source.offset(rule.getLine(), rule.getColumn());
        int at = source.text().indexOf("@" + annotation.getName(), begin);
        found.add(Diagnostic.error(
                CODE, source.file(), source.place(at < 0 ? begin : at, 1).line(), words));
    }

    private static boolean isWritten(Object value) {
        return value instanceof String text
                && WRITTEN.matcher(text.replace("\\\\", "").replace("\\\"", "")).matches();
    }

    private void attribute(AttributeDescr attribute) {
        String name = attribute.getName();
        String value = String.valueOf(attribute.getValue());
        if (name.equals("dialect") && value.replace("\"", "").equals("java")) {
            return;
        }
        if (!ATTRIBUTES.contains(name)) {
            add(attribute, "`" + name + "` is not for rules. Maybe `salience`, or a condition");
        } else if (!name.equals("agenda-group") && !LITERAL.matcher(value).matches()) {
            add(attribute, "`" + name + "` is calculated. Maybe write a number");
        }
    }

    private void add(BaseDescr at, String words) {
        int offset = at.getStartCharacter() > 0 ? at.getStartCharacter() : source.offset(Math.max(1, at.getLine()), 0);
        Place place = source.place(offset, 1);
        found.add(Diagnostic.error(CODE, source.file(), place.line(), words));
    }
}
