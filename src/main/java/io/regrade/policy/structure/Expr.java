package io.regrade.policy.structure;

import io.regrade.fact.Numbers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An expression of a rule, in a condition or a conclusion. Equality counts places; {@link #text()} does not. */
public sealed interface Expr {

    /** Where it stands. */
    Place place();

    /** How it reads, in one fixed form without needless blanks: equal texts mean the same. */
    String text();

    /** The expressions it is made of, in their order. */
    default List<Expr> parts() {
        return List.of();
    }

    /** This expression and all within it, outermost first. */
    default Stream<Expr> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Expr::all));
    }

    /** A name alone: a field of the fact that is matched, a variable such as {@code $d}, or a type. */
    record Name(String name, Place place) implements Expr {
        @Override
        public String text() {
            return name;
        }

        /** Whether it is a variable: by convention and by check, those begin with {@code $}. */
        public boolean isVariable() {
            return name.startsWith("$");
        }
    }

    /**
     * A member of something: {@code $d.have}, {@code Resource.CPU}.
     *
     * @param place where its own name stands
     */
    record Member(Expr of, String name, Place place) implements Expr {
        @Override
        public String text() {
            return of.text() + "." + name;
        }

        @Override
        public List<Expr> parts() {
            return List.of(of);
        }
    }

    /**
     * A call: {@code tag("env")}, {@code Need.upgrade($d)}.
     *
     * @param of what it is called on; empty for the fact that is matched, or in a conclusion for an action
     * @param place where the method's name stands
     */
    record Call(List<Expr> of, String name, List<Expr> arguments, Place place) implements Expr {

        /** Copies the lists. */
        public Call {
            of = List.copyOf(of);
            arguments = List.copyOf(arguments);
        }

        @Override
        public String text() {
            return (of.isEmpty() ? "" : of.get(0).text() + ".") + name + listed(arguments);
        }

        @Override
        public List<Expr> parts() {
            return Stream.concat(of.stream(), arguments.stream()).toList();
        }
    }

    /** A new object: {@code new Date()}. */
    record New(String type, List<Expr> arguments, Place place) implements Expr {

        /** Copies the list. */
        public New {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String text() {
            return "new " + type + listed(arguments);
        }

        @Override
        public List<Expr> parts() {
            return arguments;
        }
    }

    /** An element: {@code tags["env"]}. */
    record Element(Expr of, Expr key, Place place) implements Expr {
        @Override
        public String text() {
            return of.text() + "[" + key.text() + "]";
        }

        @Override
        public List<Expr> parts() {
            return List.of(of, key);
        }
    }

    /** A number as it is written, and its value. */
    record Number(String written, double value, Place place) implements Expr {
        @Override
        public String text() {
            return Numbers.show(value);
        }
    }

    /** A text, without its quotes. */
    record Text(String value, Place place) implements Expr {
        @Override
        public String text() {
            return "\"" + value + "\"";
        }
    }

    /** {@code true}, {@code false} or {@code null}. */
    record Word(String word, Place place) implements Expr {
        @Override
        public String text() {
            return word;
        }
    }

    /**
     * Two expressions and an operator between them: arithmetic, a comparison, {@code &&} or {@code ||}. Of
     * {@code p99 > 3 && < 8} the second half is read with the first one's left side.
     *
     * @param at where the operator stands
     */
    record Binary(Expr left, String operator, Expr right, Place place, Place at) implements Expr {
        @Override
        public String text() {
            return grouped(left, false) + " " + operator + " " + grouped(right, true);
        }

        @Override
        public List<Expr> parts() {
            return List.of(left, right);
        }

        /** Whether it compares two values. */
        public boolean isComparison() {
            return switch (operator) {
                case "==", "!=", "<", "<=", ">", ">=" -> true;
                default -> false;
            };
        }

        private String grouped(Expr part, boolean onTheRight) {
            boolean looser =
                    part instanceof Binary other && (other.rank() < rank() || onTheRight && other.rank() == rank());
            return looser ? "(" + part.text() + ")" : part.text();
        }

        /** How tightly the operator binds. */
        private int rank() {
            return switch (operator) {
                case "||" -> 1;
                case "&&" -> 2;
                case "+", "-" -> 4;
                case "*", "/", "%" -> 5;
                default -> 3;
            };
        }
    }

    /** An operator before an expression: {@code !known}, {@code -x}. */
    record Unary(String operator, Expr operand, Place place) implements Expr {
        @Override
        public String text() {
            return operator + (operand instanceof Binary ? "(" + operand.text() + ")" : operand.text());
        }

        @Override
        public List<Expr> parts() {
            return List.of(operand);
        }
    }

    /**
     * A comparison by word: {@code os in ("a", "b")}, {@code name matches "x.*"}.
     *
     * @param operator such as {@code in}, {@code matches} or {@code not contains}
     */
    record Worded(Expr left, String operator, List<Expr> right, Place place) implements Expr {

        /** Copies the list. */
        public Worded {
            right = List.copyOf(right);
        }

        @Override
        public String text() {
            return left.text() + " " + operator + " " + listed(right);
        }

        @Override
        public List<Expr> parts() {
            return Stream.concat(Stream.of(left), right.stream()).toList();
        }
    }

    /** Anything else, which nothing is concluded from. */
    record Other(String written, List<Expr> parts, Place place) implements Expr {

        /** Copies the list. */
        public Other {
            parts = List.copyOf(parts);
        }

        @Override
        public String text() {
            return written;
        }
    }

    private static String listed(List<Expr> expressions) {
        return expressions.stream().map(Expr::text).collect(Collectors.joining(", ", "(", ")"));
    }
}
