package io.regrade.pipeline.fleet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words that a fleet can be filtered by, each of the most frequent ones with how many machines it fits.
 *
 * @param clouds clouds
 * @param owners owners
 * @param groups groups
 * @param rules ids of rules that fired
 * @param tags tags, {@code name=value}; only names with few values
 */
public record FleetWords(List<Word> clouds, List<Word> owners, List<Word> groups, List<Word> rules, List<Word> tags) {

    private static final int MOST = 200;
    private static final int MOST_VALUES = 50;

    /** A word and how many machines it fits. */
    public record Word(String text, int machines) {}

    static FleetWords of(List<FleetRow> rows) {
        Map<String, Integer> clouds = new HashMap<>();
        Map<String, Integer> owners = new HashMap<>();
        Map<String, Integer> groups = new HashMap<>();
        Map<String, Integer> rules = new HashMap<>();
        Map<String, Map<String, Integer>> tags = new HashMap<>();
        for (FleetRow row : rows) {
            count(clouds, row.vm().cloud());
            count(owners, row.vm().owner());
            count(groups, row.vm().group());
            if (row.advice() != null) {
                row.advice().rules().forEach(rule -> count(rules, rule));
            }
            row.vm().tags().forEach((name, value) -> {
                Map<String, Integer> values = tags.computeIfAbsent(name, key -> new HashMap<>());
                if (values.size() <= MOST_VALUES || values.containsKey(value)) {
                    values.merge(value, 1, Integer::sum);
                }
            });
        }
        Map<String, Integer> words = new HashMap<>();
        tags.forEach((name, values) -> {
            if (values.size() <= MOST_VALUES) {
                values.forEach((value, machines) -> words.put(name + "=" + value, machines));
            }
        });
        return new FleetWords(most(clouds), most(owners), most(groups), most(rules), most(words));
    }

    private static void count(Map<String, Integer> counts, @Nullable String word) {
        if (word != null && !word.isEmpty()) {
            counts.merge(word, 1, Integer::sum);
        }
    }

    private static List<Word> most(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Word(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Word::machines).reversed().thenComparing(Word::text))
                .limit(MOST)
                .sorted(Comparator.comparing(Word::text))
                .toList();
    }
}
