package io.regrade.intake.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/** Goes through a text of JSON objects, one a line; blank lines are passed over. */
final class JsonLines {

    private JsonLines() {}

    /** Takes what a line holds. */
    @FunctionalInterface
    interface Sink {
        void line(long line, JsonNode node);
    }

    /** Reads all lines; what is wrong with one is reported under its number, whether here or by an exception of the sink. */
    static void read(byte[] text, IntakeLimits limits, Problems problems, Sink sink) {
        long line = 0;
        for (int from = 0; from < text.length; ) {
            int to = from;
            while (to < text.length && text[to] != '\n') {
                to++;
            }
            line++;
            if (to - from > limits.maxLineChars()) {
                problems.add("body", line, "the line is longer than " + limits.maxLineChars() + " bytes");
            } else if (!new String(text, from, to - from, UTF_8).isBlank()) {
                try {
                    sink.line(line, VmJson.parse(Arrays.copyOfRange(text, from, to)));
                } catch (IntakeException e) {
                    for (Problem problem : e.problems()) {
                        problems.add(problem.place(), line, problem.message());
                    }
                }
            }
            from = to + 1;
        }
    }
}
