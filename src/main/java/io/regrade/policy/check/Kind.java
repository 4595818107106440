package io.regrade.policy.check;

import io.regrade.policy.structure.Expr;

/** What a value is, as far as comparisons go. */
enum Kind {
    NUMBER("a number"),
    TEXT("a text"),
    TRUTH("true or false"),
    CONSTANT("a constant"),
    FACT("a fact"),
    /** Anything that nothing is said about. */
    ANY("");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** How a sentence calls it. */
    String words() {
        return words;
    }

    static Kind of(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return TRUTH;
        }
        if (type.isPrimitive() && type != char.class && type != void.class || Number.class.isAssignableFrom(type)) {
            return NUMBER;
        }
        if (CharSequence.class.isAssignableFrom(type) || type == char.class || type == Character.class) {
            return TEXT;
        }
        if (type.isEnum()) {
            return CONSTANT;
        }
        return type.isRecord() && type.getPackageName().equals("io.regrade.fact") ? FACT : ANY;
    }

    static boolean isNull(Expr expr) {
        return expr instanceof Expr.Word word && word.word().equals("null");
    }
}
