package io.regrade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** The result of a replay, for people or as data. */
final class ReplayText {

    private static final int SHOWN = 60;

    private ReplayText() {}

    static void print(JsonNode replay, Format format, PrintWriter out) {
        switch (format) {
            case json -> out.println(replay.toPrettyString());
            case ndjson -> out.println(Rows.line((ObjectNode) replay));
            case csv -> rows(replay, Integer.MAX_VALUE).print(format, out);
            case table -> table(replay, out);
        }
    }

    private static void table(JsonNode replay, PrintWriter out) {
        out.println(replay.path("decision").asText() + " about "
                + replay.path("vm").asText() + ": " + replay.path("result").asText());
        out.println("  then  " + side(replay.path("then")));
        out.println("  now   " + side(replay.path("now")));
        if (replay.has("note")) {
            out.println("  note  " + replay.path("note").asText());
        }
        int inAll = replay.path("differences_in_all").asInt();
        if (inAll > 0) {
            out.println();
            rows(replay, SHOWN).print(Format.table, out);
            int more = inAll - replay.path("differences").size();
            if (more > 0) {
                out.println("and " + more + " more");
            }
        }
    }

    private static String side(JsonNode side) {
        String target =
                side.path("target").isTextual() ? " to " + side.path("target").asText() : "";
        return side.path("action").asText() + target + " by "
                + side.path("policy").path("name").asText() + " "
                + side.path("policy").path("digest").asText() + " on "
                + side.path("engine").asText() + ", " + side.path("digest").asText();
    }

    private static Rows rows(JsonNode replay, int longest) {
        Rows rows = new Rows("pointer", "then", "now");
        for (JsonNode one : replay.path("differences")) {
            rows.add(one.path("pointer").asText(), value(one.get("then"), longest), value(one.get("now"), longest));
        }
        return rows;
    }

    private static String value(@org.jspecify.annotations.Nullable JsonNode value, int longest) {
        String text = value == null ? "" : value.toString();
        return text.length() > longest ? text.substring(0, longest) + "…" : text;
    }
}
