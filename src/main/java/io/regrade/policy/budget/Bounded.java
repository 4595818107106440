package io.regrade.policy.budget;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.regrade.fact.OperatingSystem;
import io.regrade.policy.budget.BudgetExceeded.Kind;
import io.regrade.policy.gate.Regexes;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the place of what could grow without a bound in one step, where no check comes between: rewritten bytecode of
 * policies calls these. Thread-safe.
 */
public final class Bounded {

    /** Characters that a text of a rule may have. */
    static final int LONGEST_TEXT = 1 << 16;

    /** Characters of a text whose letters are changed to upper or lower case. */
    private static final int LONGEST_CASED = 1 << 12;

    private static final Comparator<Object> ORDER =
            Comparator.comparing((Object one) -> one.getClass().getName()).thenComparing(Bounded::compare);

    private static final int KEPT_PATTERNS = 256;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private Bounded() {}

    /** The text, when it is not too long; null stays null, as facts have it where something is unknown. */
    public static @Nullable String text(@Nullable String text) {
        if (text != null) {
            length(text.length());
        }
        return text;
    }

    private static void length(long length) {
        if (length > LONGEST_TEXT) {
            throw new BudgetExceeded(Kind.TEXT, "budget of " + LONGEST_TEXT + " characters for a text");
        }
    }

    /** {@code text.repeat(count)}. */
    public static String repeat(String text, int count) {
        length((long) text.length() * Math.max(0, count));
        return text.repeat(count);
    }

    /** {@code text.replace(old, other)}. */
    public static String replace(String text, CharSequence old, CharSequence other) {
        long most = old.length() == 0 ? text.length() + 1L : text.length() / old.length();
        length(text.length() + most * other.length());
        return text.replace(old, other);
    }

    /** {@code text.toUpperCase()}: where a character becomes several, the JDK copies the whole text for each. */
    public static String toUpperCase(String text) {
        cased(text);
        return text.toUpperCase(Locale.ROOT);
    }

    /** {@code text.toLowerCase()}, as above. */
    public static String toLowerCase(String text) {
        cased(text);
        return text.toLowerCase(Locale.ROOT);
    }

    private static void cased(String text) {
        if (text.length() > LONGEST_CASED) {
            throw new BudgetExceeded(
                    Kind.TEXT, "budget of " + LONGEST_CASED + " characters for a text in other letters");
        }
    }

    /** {@code String.join(delimiter, parts)}. */
    public static String join(CharSequence delimiter, Iterable<? extends CharSequence> parts) {
        StringBuilder joined = new StringBuilder();
        String between = "";
        for (CharSequence part : parts) {
            Budget.check();
            String next = String.valueOf(part);
            length((long) joined.length() + between.length() + next.length());
            joined.append(between).append(next);
            between = delimiter.toString();
        }
        return joined.toString();
    }

    /** {@code text.matches(pattern)}, in time in proportion to the text. */
    public static boolean matches(String text, String pattern) {
        Pattern known = PATTERNS.get(pattern);
        if (known == null) {
            String problem = Regexes.problem(pattern);
            if (!problem.isEmpty()) {
                throw new IllegalArgumentException("the pattern `" + pattern + "` " + problem);
            }
            known = Pattern.compile(pattern);
            if (PATTERNS.size() < KEPT_PATTERNS) {
                PATTERNS.put(pattern, known);
            }
        }
        return known.matcher(new AskingText(text)).matches();
    }

    /** {@code pattern.matcher(text)}, over a text that asks whether the evaluation may go on. */
    public static Matcher matcher(Pattern pattern, CharSequence text) {
        return pattern.matcher(new AskingText(text));
    }

    /** {@code all.containsAll(some)}: as many passes as there are elements, each of which may compare long texts. */
    public static boolean containsAll(Collection<?> all, Collection<?> some) {
        for (Object one : some) {
            Budget.check();
            if (!all.contains(one)) {
                return false;
            }
        }
        return true;
    }

    /**
     * A copy of the list, when it holds no collections: nested ones could be told in no time, and take forever to compare.
     * A copy, because that of {@code Arrays.asList} changes with its array.
     */
    public static <T> List<T> flat(List<T> list) {
        list.forEach(Bounded::single);
        return Collections.unmodifiableList(new ArrayList<>(list));
    }

    /** The comparator, which asks before each comparison: one that asks itself twice, and so on, never ends. */
    public static <T> Comparator<T> asking(Comparator<T> comparator) {
        return (first, second) -> {
            Budget.check();
            return comparator.compare(first, second);
        };
    }

    /**
     * A copy of the set in the order of its elements, when it holds texts, numbers and moments only: the JDK has another
     * order at each start, by which the same machine would be decided otherwise.
     */
    public static <T> Set<T> flat(Set<T> set) {
        List<T> sorted = new ArrayList<>(set);
        for (T element : sorted) {
            if (element == null || !isPlain(element)) {
                throw new IllegalArgumentException("only texts, numbers and moments can be in a set of a rule");
            }
        }
        sorted.sort(ORDER);
        return Collections.unmodifiableSet(new LinkedHashSet<>(sorted));
    }

    @SuppressWarnings("unchecked") // of one class; a moment without an order of its own has one by its text
    private static int compare(Object one, Object other) {
        return one.getClass() == other.getClass() && one instanceof Comparable<?> comparable
                ? ((Comparable<Object>) comparable).compareTo(other)
                : String.valueOf(one).compareTo(String.valueOf(other));
    }

    /** {@code String.valueOf(value)}, of what has a short text. */
    public static String shown(@Nullable Object value) {
        if (value != null && !isPlain(value) && !(value instanceof OperatingSystem)) {
            throw new IllegalArgumentException("a text can be made of texts, numbers and moments only");
        }
        return String.valueOf(value);
    }

    private static void single(@Nullable Object element) {
        if (element != null && !isPlain(element) && !(element instanceof Record)) {
            throw new IllegalArgumentException(
                    "only texts, numbers, moments and facts can be in a collection of a rule");
        }
    }

    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof Temporal;
    }
}
