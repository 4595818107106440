package io.regrade.intake.telemetry.mapping;

import com.google.re2j.Pattern;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.MonitoredSeries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What one kind of monitor measures. Immutable; safe to share between threads.
 *
 * @param source its name, such as {@code node_exporter}
 * @param vm how a machine's id is made of labels: the first template all of whose labels are there; {@code {instance}} comes
 *     without its port
 * @param rules which series are part of which measure; the first that fits counts
 */
public record Mapping(String source, List<String> vm, List<Rule> rules) {

    private static final java.util.regex.Pattern PLACE = java.util.regex.Pattern.compile("\\{(\\w+)}");
    private static final String INSTANCE = "instance";
    /** As long as the id of a machine may be. */
    private static final int LONGEST_ID = 512;

    /** Copies the lists. */
    public Mapping {
        vm = List.copyOf(vm);
        rules = List.copyOf(rules);
    }

    /**
     * A metric that is part of a measure.
     *
     * @param metric its name
     * @param measure what it is part of
     * @param counter whether it only grows, and its rate counts
     * @param factor from its unit to the measure's, negative for what is subtracted
     * @param by the labels that tell its series apart; series that differ in others are the same
     * @param match what labels must be, as a whole
     * @param unless what labels must not be, as a whole
     * @param least how many series the measure has at least
     */
    public record Rule(
            String metric,
            Measure measure,
            boolean counter,
            double factor,
            List<String> by,
            Map<String, Pattern> match,
            Map<String, Pattern> unless,
            int least) {

        /** Copies the collections. */
        public Rule {
            by = List.copyOf(by);
            match = Map.copyOf(match);
            unless = Map.copyOf(unless);
        }

        private boolean fits(Map<String, String> labels) {
            return match.entrySet().stream().allMatch(one -> is(labels, one))
                    && unless.entrySet().stream().noneMatch(one -> is(labels, one));
        }

        private static boolean is(Map<String, String> labels, Map.Entry<String, Pattern> one) {
            return one.getValue().matches(labels.getOrDefault(one.getKey(), ""));
        }

        private String term(Map<String, String> labels) {
            StringBuilder term = new StringBuilder(metric);
            new TreeSet<>(by)
                    .forEach(
                            label -> term.append(',').append(label).append('=').append(labels.getOrDefault(label, "")));
            return term.toString();
        }
    }

    /** What a series with these labels is, its name under {@code __name__}; empty when it is none of the rules'. */
    Optional<MonitoredSeries> series(Map<String, String> labels) {
        String name = labels.getOrDefault("__name__", "");
        for (Rule rule : rules) {
            if (rule.metric().equals(name) && rule.fits(labels)) {
                return machine(labels)
                        .map(id -> new MonitoredSeries(
                                id,
                                source,
                                rule.measure(),
                                rule.term(labels),
                                rule.counter(),
                                rule.factor(),
                                rule.least()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> machine(Map<String, String> labels) {
        for (String template : vm) {
            java.util.regex.Matcher places = PLACE.matcher(template);
            StringBuilder id = new StringBuilder();
            boolean whole = true;
            while (places.find()) {
                String label = places.group(1);
                String value = labels.getOrDefault(label, "");
                whole &= !value.isEmpty();
                value = label.equals(INSTANCE) ? value.replaceFirst(":\\d+$", "") : value;
                places.appendReplacement(id, java.util.regex.Matcher.quoteReplacement(value));
            }
            places.appendTail(id);
            if (whole && !id.isEmpty() && id.length() <= LONGEST_ID) {
                return Optional.of(id.toString());
            }
        }
        return Optional.empty();
    }
}
