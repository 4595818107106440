package io.regrade.policy.structure;

import java.util.List;
import java.util.stream.Stream;

/** What must hold for a rule to fire. */
public sealed interface Condition {

    /** Where it stands. */
    Place place();

    /** This condition and all within it, outermost first. */
    default Stream<Condition> all() {
        return Stream.of(this);
    }

    /**
     * A fact that is there.
     *
     * @param fact its type, such as {@code Usage}
     * @param variable the name it gets, such as {@code $d}; empty for none
     * @param constraints what must be true of it, one for each comma
     * @param bindings the names that its values get
     * @param from where it is taken from, when not from the facts; empty otherwise
     * @param place where its type stands
     */
    record Pattern(
            String fact, String variable, List<Expr> constraints, List<Binding> bindings, List<Expr> from, Place place)
            implements Condition {

        /** Copies the lists. */
        public Pattern {
            constraints = List.copyOf(constraints);
            bindings = List.copyOf(bindings);
            from = List.copyOf(from);
        }
    }

    /**
     * A name for a value of a fact: {@code $share : value}.
     *
     * @param place where the name stands
     */
    record Binding(String variable, Expr value, Place place) {}

    /** How the conditions of a group are taken together. */
    enum Kind {
        AND,
        OR,
        NOT,
        EXISTS,
        FORALL
    }

    /** Conditions taken together. */
    record Group(Kind kind, List<Condition> conditions, Place place) implements Condition {

        /** Copies the list. */
        public Group {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Stream<Condition> all() {
            return Stream.concat(Stream.of(this), conditions.stream().flatMap(Condition::all));
        }
    }

    /** {@code eval(…)}: true of what was matched before. */
    record Test(Expr expression, Place place) implements Condition {}

    /** A value made of many facts, such as with {@code accumulate}: the facts it is made of are known, its value is not. */
    record Gathered(String variable, List<Condition> conditions, Place place) implements Condition {

        /** Copies the list. */
        public Gathered {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Stream<Condition> all() {
            return Stream.concat(Stream.of(this), conditions.stream().flatMap(Condition::all));
        }
    }
}
