package io.regrade.deployment;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus' query language names. No parser: it knows what dashboards and alerts are written with,
 * and takes anything that it does not know for the name of a metric.
 *
 * @param metrics the series it reads
 * @param labels the labels it selects and groups by
 */
record Expression(Set<String> metrics, Set<String> labels) {

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.:$])[a-zA-Z_:][\\w:]*");
    private static final Pattern NAMES_ALONE = Pattern.compile("[a-zA-Z_]\\w*");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

    static Expression of(String text) {
        Set<String> labels = new TreeSet<>();
        String left = TEXT.matcher(text).replaceAll("\"\"");
        left = RANGE.matcher(left).replaceAll("");
        left = without(left, SELECTOR, labels);
        left = without(left, GROUPING, labels);
        Set<String> metrics = new LinkedHashSet<>();
        Matcher name = NAME.matcher(left);
        while (name.find()) {
            boolean function = left.substring(name.end()).stripLeading().startsWith("(");
            if (!function && !WORDS.contains(name.group())) {
                metrics.add(name.group());
            }
        }
        return new Expression(metrics, labels);
    }

    private static String without(String text, Pattern part, Set<String> labels) {
        Matcher matcher = part.matcher(text);
        while (matcher.find()) {
            NAMES_ALONE.matcher(matcher.group(1)).results().forEach(label -> labels.add(label.group()));
        }
        return matcher.replaceAll(" ");
    }
}
