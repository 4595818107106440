package io.regrade.engine.drools.drl;

import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.ObjectCreationExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import io.regrade.policy.DrlText;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.Place;
import io.regrade.policy.structure.RuleStructure.Conclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.drools.mvel.parser.DrlxParser;
import org.drools.mvel.parser.MvelParser;
import org.drools.mvel.parser.ParseStart;
import org.drools.mvel.parser.Providers;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.HalfBinaryExpr;
import org.drools.mvel.parser.ast.expr.NullSafeFieldAccessExpr;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.drools.mvel.parser.printer.PrintUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions with the parser that Drools' executable model uses, and puts their places back: that parser forgets
 * where its tokens stood, but not their order, so each is looked for behind the one before. Used for one text, by one
 * thread.
 */
final class ExpressionReader {

    private static final ParseStart<DrlxExpression> CONSTRAINT = DrlxParser.buildDrlxParserWithArguments(
            List.of("in", "matches", "contains", "memberOf", "soundslike", "str", "excludes"));

    /**
     * What was read.
     *
     * @param variable the name that is bound, empty when none is
     * @param variableAt where it stands in the text of the file's rules
     */
    record Read(String variable, int variableAt, Expr expr) {}

    private static final Pattern SUFFIX = Pattern.compile("[lLdDfFbBiI]$");
    /** So many operators in one expression, or fewer, is all that the passes over it are made for. */
    private static final int DEEPEST = 300;

    private final DrlSource source;
    private final String text;
    private final int start;
    private int cursor;
    private int depth;

    private ExpressionReader(DrlSource source, String text, int start) {
        this.source = source;
        this.text = DrlText.withoutComments(text);
        this.start = start;
    }

    /**
     * Reads what stands between two commas of a pattern; nothing when it is no expression.
     *
     * @throws NestingException when it is too deep
     */
    static Optional<Read> constraint(DrlSource source, String text, int start) {
        Optional<DrlxExpression> parsed = parse(CONSTRAINT, text, source, start);
        return parsed.map(drlx -> {
            ExpressionReader reader = new ExpressionReader(source, text, start);
            String variable = drlx.getBind() == null ? "" : drlx.getBind().asString();
            int at = variable.isEmpty() ? 0 : reader.find(variable);
            reader.cursor = at + variable.length();
            return new Read(variable, start + at, reader.read(drlx.getExpr(), null));
        });
    }

    /**
     * Reads the statements of a conclusion; none when it is no Java.
     *
     * @throws NestingException when one is too deep
     */
    static List<Conclusion> conclusion(DrlSource source, String text, int start) {
        Optional<BlockStmt> parsed = parse(ParseStart.BLOCK, "{" + text + "\n}", source, start);
        List<Conclusion> conclusions = new ArrayList<>();
        parsed.ifPresent(block -> {
            ExpressionReader reader = new ExpressionReader(source, text, start);
            for (Statement statement : block.getStatements()) {
                conclusions.add(new Conclusion(
                        statement instanceof ExpressionStmt one
                                ? reader.read(one.getExpression(), null)
                                : reader.other(statement)));
            }
        });
        return conclusions;
    }

    private static <T extends Node> Optional<T> parse(ParseStart<T> what, String text, DrlSource source, int start) {
        try {
            return new MvelParser(new ParserConfiguration(), false)
                    .parse(what, Providers.provider(text))
                    .getResult();
        } catch (StackOverflowError e) {
            throw NestingException.expression(source.place(start, 0));
        } catch (RuntimeException | Error e) { // it throws both at text that is no expression
            if (e instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            return Optional.empty();
        }
    }

    private Expr read(Expression node, @Nullable Expr leftOfHalf) {
        if (++depth > DEEPEST) {
            throw NestingException.expression(source.place(start + cursor, 0));
        }
        Expr read = readOne(node, leftOfHalf);
        depth--;
        return read;
    }

    private Expr readOne(Expression node, @Nullable Expr leftOfHalf) {
        if (node instanceof EnclosedExpr enclosed) {
            return read(enclosed.getInner(), leftOfHalf);
        }
        if (node instanceof BinaryExpr binary) {
            return binary(binary, leftOfHalf);
        }
        if (node instanceof HalfBinaryExpr half && leftOfHalf != null) {
            Place at = take(half.getOperator().asString());
            Expr right = read(half.getRight(), null);
            return new Expr.Binary(leftOfHalf, half.getOperator().asString(), right, from(at), at);
        }
        if (node instanceof NullSafeFieldAccessExpr field) {
            return new Expr.Member(
                    read(field.getScope(), null), field.getNameAsString(), take(field.getNameAsString()));
        }
        if (node instanceof PointFreeExpr free) {
            Expr left = read(free.getLeft(), null);
            String operator = PrintUtil.printNode(free.getOperator());
            if (free.isNegated()) {
                take("not");
            }
            Place at = take(operator);
            return new Expr.Worded(left, (free.isNegated() ? "not " : "") + operator, list(free.getRight()), at);
        }
        return java(node);
    }

    private Expr java(Expression node) {
        if (node instanceof NameExpr name) {
            return new Expr.Name(name.getNameAsString(), take(name.getNameAsString()));
        }
        if (node instanceof ThisExpr) {
            return new Expr.Name("this", take("this"));
        }
        if (node instanceof FieldAccessExpr field) {
            return new Expr.Member(
                    read(field.getScope(), null), field.getNameAsString(), take(field.getNameAsString()));
        }
        if (node instanceof MethodCallExpr call) {
            List<Expr> of =
                    call.getScope().map(scope -> List.of(read(scope, null))).orElse(List.of());
            Place place = take(call.getNameAsString());
            return new Expr.Call(of, call.getNameAsString(), list(call.getArguments()), place);
        }
        if (node instanceof ObjectCreationExpr made
                && made.getAnonymousClassBody().isEmpty()) {
            Place place = take("new");
            take(made.getType().getNameAsString());
            return new Expr.New(made.getType().getNameAsString(), list(made.getArguments()), from(place));
        }
        if (node instanceof ArrayAccessExpr element) {
            Expr of = read(element.getName(), null);
            Place place = take("[");
            return new Expr.Element(of, read(element.getIndex(), null), place);
        }
        return node instanceof UnaryExpr unary && unary.isPrefix() ? unary(unary) : literal(node);
    }

    private Expr literal(Expression node) {
        if (node instanceof BooleanLiteralExpr bool) {
            String word = String.valueOf(bool.getValue());
            return new Expr.Word(word, take(word));
        }
        if (node instanceof NullLiteralExpr) {
            return new Expr.Word("null", take("null"));
        }
        if (node instanceof StringLiteralExpr string) {
            return new Expr.Text(string.asString(), quoted(string.getValue()));
        }
        if (node instanceof CharLiteralExpr character) {
            return new Expr.Text(character.getValue(), quoted(character.getValue()));
        }
        if (node instanceof LiteralStringValueExpr number) {
            double value = number(number.getValue());
            return Double.isNaN(value)
                    ? other(node)
                    : new Expr.Number(number.getValue(), value, take(number.getValue()));
        }
        return other(node);
    }

    private Expr unary(UnaryExpr unary) {
        String operator = unary.getOperator().asString();
        Place at = take(operator);
        Expr operand = read(unary.getExpression(), null);
        if (operator.equals("-") && operand instanceof Expr.Number number) {
            return new Expr.Number("-" + number.written(), -number.value(), from(at));
        }
        return new Expr.Unary(operator, operand, from(at));
    }

    private Expr binary(BinaryExpr binary, @Nullable Expr leftOfHalf) {
        int begin = cursor;
        Expr left = read(binary.getLeft(), leftOfHalf);
        Place at = take(binary.getOperator().asString());
        Expr compared = left;
        while (compared instanceof Expr.Binary one
                && (one.operator().equals("&&") || one.operator().equals("||"))) {
            compared = one.right();
        }
        Expr right =
                read(binary.getRight(), compared instanceof Expr.Binary one && one.isComparison() ? one.left() : null);
        int first = firstOf(begin);
        return new Expr.Binary(
                left, binary.getOperator().asString(), right, source.place(start + first, cursor - first), at);
    }

    private List<Expr> list(NodeList<Expression> nodes) {
        return nodes.stream().map(node -> read(node, null)).toList();
    }

    private Expr other(Node node) {
        int begin = firstOf(cursor);
        List<Expr> parts = new ArrayList<>();
        for (Node child : node.getChildNodes()) {
            if (child instanceof Expression expression) {
                parts.add(read(expression, null));
            } else if (!child.getChildNodes().isEmpty()) {
                parts.add(other(child));
            }
        }
        return new Expr.Other(
                PrintUtil.printNode(node), parts, source.place(start + begin, Math.max(0, cursor - begin)));
    }

    /** A number in any of Java's forms; NaN when it is none. */
    private static double number(String written) {
        String plain = SUFFIX.matcher(written.replace("_", "")).replaceFirst("");
        try {
            return plain.startsWith("0x") || plain.startsWith("0X")
                    ? Long.parseLong(plain.substring(2), 16)
                    : Double.parseDouble(plain);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private Place quoted(String value) {
        int at = cursor;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\'') {
            at++;
        }
        cursor = Math.min(text.length(), at + value.length() + 2);
        return source.place(start + at, cursor - at);
    }

    /** The next place of a word or sign, behind all that was read so far. */
    private Place take(String written) {
        int at = find(written);
        cursor = Math.min(text.length(), at + written.length());
        return source.place(start + at, written.length());
    }

    private int find(String written) {
        boolean word = Character.isJavaIdentifierStart(written.charAt(0));
        int at = text.indexOf(written, cursor);
        while (at >= 0 && word && !isWord(at, at + written.length())) {
            at = text.indexOf(written, at + 1);
        }
        return at < 0 ? cursor : at;
    }

    private boolean isWord(int from, int to) {
        return (from == 0 || !Character.isJavaIdentifierPart(text.charAt(from - 1)))
                && (to >= text.length() || !Character.isJavaIdentifierPart(text.charAt(to)));
    }

    private int firstOf(int from) {
        int at = from;
        while (at < cursor && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ':')) {
            at++;
        }
        return at;
    }

    /** From a place to all that was read since. */
    private Place from(Place begin) {
        return begin.offset() < 0
                ? begin
                : source.place(begin.offset(), Math.max(begin.length(), start + cursor - begin.offset()));
    }
}
