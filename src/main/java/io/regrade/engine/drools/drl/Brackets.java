package io.regrade.engine.drools.drl;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The brackets that are open at a place of a text, which is passed character by character. A cast counts as one that is
 * open until the bracket around it closes: the parser of rules tries what follows it both ways, too. Not thread-safe.
 */
final class Brackets {

    private static final class Open {
        final char bracket;
        /** Whether there is nothing in it so far but what a type is written with. */
        boolean isType = true;

        boolean isEmpty = true;
        int elements = 1;
        int casts;

        Open(char bracket) {
            this.bracket = bracket;
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    /** Whether a bracket that may have been a cast has just been closed. */
    private boolean mayBeCast;

    private int round;

    Brackets() {
        open.push(new Open('{'));
    }

    void pass(char c) {
        if (Character.isWhitespace(c)) {
            return;
        }
        if (mayBeCast && (Character.isJavaIdentifierStart(c) || c == '(' || c == '"' || c == '\'')) {
            inner().casts++;
            round++;
        }
        mayBeCast = false;
        if (c == '(' || c == '[' || c == '{') {
            inner().isType &= c == '[';
            inner().isEmpty = false;
            open.push(new Open(c));
            round += c == '(' ? 1 : 0;
        } else if (c == ')' || c == ']' || c == '}') {
            close(c);
        } else {
            inside(c);
        }
    }

    private void inside(char c) {
        Open inner = inner();
        inner.isEmpty = false;
        inner.isType &= Character.isJavaIdentifierPart(c) || c == '.' || c == '<' || c == '>' || c == ',';
        if (c == ',') {
            inner.elements++;
        } else if (c == ';') {
            inner.elements = 1;
        }
        if (c == ',' || c == ';') {
            round -= inner.casts;
            inner.casts = 0;
        }
    }

    private void close(char c) {
        if (open.size() == 1) {
            return; // never opened: the parser says so
        }
        Open closed = open.pop();
        round -= closed.casts + (closed.bracket == '(' ? 1 : 0);
        mayBeCast = c == ')' && closed.isType && !closed.isEmpty;
    }

    private Open inner() {
        return open.getFirst();
    }

    /** How many are open. */
    int deepest() {
        return open.size() - 1;
    }

    /** How many round ones and casts are open. */
    int round() {
        return round;
    }

    /** How many elements there are in the inner one so far. */
    int elements() {
        return open.size() == 1 ? 1 : inner().elements;
    }
}
