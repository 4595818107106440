package io.regrade.fact;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;

/** The known name nearest to one that was mistyped, for the "Maybe …" of an error. */
public final class Suggestion {

    private Suggestion() {}

    /** The nearest of the known names, in backticks, or all of them when none is near. */
    public static <T> String nearest(String typed, T[] known, Function<T, String> name) {
        String[] names = new String[known.length];
        for (int i = 0; i < known.length; i++) {
            names[i] = name.apply(known[i]);
        }
        return nearest(typed, java.util.List.of(names));
    }

    /** The nearest of the known names, in backticks, or all of them when none is near. */
    public static String nearest(String typed, java.util.Collection<String> known) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String name : known) {
            int distance = distance(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        // A name of which no letter is left is not near, however short it is.
        if (bestDistance <= Math.max(2, typed.length() / 3) && bestDistance < typed.length()) {
            return "`" + best + "`";
        }
        return known.isEmpty() ? "nothing: there are none" : "one of `" + String.join("`, `", known) + "`";
    }

    /** Up to so many of the known names, nearest first, equally near ones by name. */
    public static java.util.List<String> nearest(String typed, java.util.Collection<String> known, int most) {
        record Near(String name, int distance) {}
        String wanted = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(most)
                .map(Near::name)
                .toList();
    }

    /** Levenshtein distance: single-letter insertions, deletions and substitutions that turn a into b. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
