package io.regrade.policy.structure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One rule, or one row of a decision table.
 *
 * @param name the sentence that names it
 * @param id its {@code @id}, empty when it has none
 * @param owner its {@code @owner}, empty when it has none
 * @param why its {@code @why}, empty when it has none
 * @param phase its agenda group, or that of its file; empty for none
 * @param attributes its other attributes, such as {@code salience}
 * @param conditions what must hold, all of it
 * @param conclusions what it does, statement by statement
 * @param consequence all that stands under {@code then}, as it is written
 * @param consequencePlace where that begins
 * @param isWhole whether all of it could be read; when not, there is an error about it, and its conditions may lack some
 * @param place where it begins, at the word {@code rule} or its row
 */
public record RuleStructure(
        String name,
        String id,
        String owner,
        String why,
        String phase,
        Map<String, String> attributes,
        List<Condition> conditions,
        List<Conclusion> conclusions,
        String consequence,
        Place consequencePlace,
        boolean isWhole,
        Place place) {

    /** The fact that gives a parameter's value to a rule. */
    public static final String PARAMETER_FACT = "Limit";

    /** Copies the collections. */
    public RuleStructure {
        attributes = Map.copyOf(attributes);
        conditions = List.copyOf(conditions);
        conclusions = List.copyOf(conclusions);
    }

    /**
     * One statement under {@code then}.
     *
     * @param statement such as {@code insert(Need.upgrade($d))}
     */
    public record Conclusion(Expr statement) {

        /** What is inserted, or nothing when the statement does something else. */
        public List<Expr> inserted() {
            return statement instanceof Expr.Call call
                            && call.of().isEmpty()
                            && call.name().startsWith("insert")
                    ? call.arguments()
                    : List.of();
        }

        /** The type of the fact that is inserted, as far as it is told by {@code new Type(…)} or {@code Type.method(…)}. */
        public String insertedFact() {
            for (Expr one : inserted()) {
                if (one instanceof Expr.New made) {
                    return made.type();
                }
                if (one instanceof Expr.Call call
                        && !call.of().isEmpty()
                        && call.of().get(0) instanceof Expr.Name type
                        && !type.isVariable()) {
                    return type.name();
                }
            }
            return "";
        }
    }

    /** Whether it is a row of a decision table. */
    public boolean isTableRow() {
        return place.file().endsWith(".csv");
    }

    /** Every condition, those within groups too. */
    public Stream<Condition> allConditions() {
        return conditions.stream().flatMap(Condition::all);
    }

    /** Every pattern, those within groups too. */
    public Stream<Condition.Pattern> patterns() {
        return allConditions().filter(Condition.Pattern.class::isInstance).map(Condition.Pattern.class::cast);
    }

    /** The parameters it asks for, by the name in their pattern, with the place of that name. */
    public List<Expr.Text> parameters() {
        return patterns()
                .filter(pattern -> pattern.fact().equals(PARAMETER_FACT))
                .flatMap(pattern -> parameterOf(pattern).stream())
                .toList();
    }

    /** The variables that hold a parameter's value, and the parameter's name. */
    public Map<String, String> parameterVariables() {
        Map<String, String> variables = new HashMap<>();
        patterns()
                .filter(pattern -> pattern.fact().equals(PARAMETER_FACT))
                .forEach(pattern -> parameterOf(pattern)
                        .forEach(name -> pattern.bindings().stream()
                                .filter(binding -> binding.value().text().equals("value"))
                                .forEach(binding -> variables.put(binding.variable(), name.value()))));
        return variables;
    }

    private static List<Expr.Text> parameterOf(Condition.Pattern pattern) {
        return pattern.constraints().stream()
                .filter(Expr.Binary.class::isInstance)
                .map(Expr.Binary.class::cast)
                .filter(one -> one.operator().equals("==") && one.left().text().equals("name"))
                .filter(one -> one.right() instanceof Expr.Text)
                .map(one -> (Expr.Text) one.right())
                .toList();
    }
}
