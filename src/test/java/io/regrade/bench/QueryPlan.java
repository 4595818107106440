package io.regrade.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plan of a statement in one line: how it gets at the rows, in how many partitions, how many pages it reads. */
final class QueryPlan {

    private static final Pattern SCAN =
            Pattern.compile("->\\s+(?:Parallel )?((?:Bitmap )?(?:Index|Seq|Heap)[^(]*?Scan)(.*)");
    private static final Pattern INDEX = Pattern.compile("(?:using|on) (\\w+)");
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared (?:hit=(\\d+))?\\s*(?:read=(\\d+))?");
    private static final Pattern TIME = Pattern.compile("Execution Time: (\\S+) ms");

    private QueryPlan() {}

    static String shortened(List<String> lines) {
        Set<String> ways = new LinkedHashSet<>();
        Set<String> partitions = new LinkedHashSet<>();
        long pages = -1;
        String time = "";
        for (String line : lines) {
            Matcher scan = SCAN.matcher(line);
            if (scan.find() && !line.contains("never executed")) {
                ways.add((scan.group(1) + " " + index(scan.group(2))).strip());
                Matcher partition = Pattern.compile("decision_(\\d{4}_\\d\\d)").matcher(line);
                if (partition.find()) {
                    partitions.add(partition.group(1));
                }
            } else if (line.strip().matches("(Incremental )?Sort(?! (Key|Method)).*")
                    || line.contains("-> ") && line.contains("Sort ") && !line.contains("never executed")) {
                ways.add("Sort");
            }
            Matcher buffers = BUFFERS.matcher(line);
            if (pages < 0 && buffers.find()) {
                pages = number(buffers.group(1)) + number(buffers.group(2));
            }
            Matcher took = TIME.matcher(line);
            if (took.find()) {
                time = took.group(1);
            }
        }
        return String.join(" ← ", new ArrayList<>(ways)) + "; partitions: " + partitions.size() + ", pages: " + pages
                + ", " + time + " ms";
    }

    private static String index(String rest) {
        Matcher index = INDEX.matcher(rest);
        return index.find() ? index.group(1).replaceFirst("decision_\\d{4}_\\d\\d_?", "") : "";
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
