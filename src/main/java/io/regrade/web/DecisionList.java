package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.ledger.Page;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of decisions as JSON, NDJSON or CSV. */
final class DecisionList {

    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";

    private static final List<String> COLUMNS = List.of(
            "id",
            "vm",
            "action",
            "target",
            "price_usd_month_now",
            "saving_usd_month",
            "policy",
            "policy_digest",
            "decided_at",
            "why");
    private static final List<String> POINTERS = List.of(
            "/id",
            "/vm",
            "/action",
            "/target/id",
            "/price_usd_month_now",
            "/saving_usd_month",
            "/policy/name",
            "/policy/digest",
            "/decided_at",
            "/why");

    private DecisionList() {}

    /** The page in a media type; where there is no place for the next cursor in the body, it is in a header. */
    static Answer answer(Page<ObjectNode> page, String mediaType, @Nullable String nextUri) {
        Answer answer = switch (mediaType) {
            case NDJSON -> Answer.text(NDJSON, ndjson(page.items()));
            case CSV -> Answer.text(CSV, csv(page.items()));
            default -> Answer.json(200, json(page));
        };
        return nextUri == null ? answer : answer.with("Link", "<" + nextUri + ">; rel=\"next\"");
    }

    private static ObjectNode json(Page<ObjectNode> page) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray("decisions");
        list.addAll(page.items());
        if (page.next() != null) {
            node.put("next", page.next());
        }
        return node;
    }

    private static String ndjson(List<ObjectNode> items) {
        StringBuilder out = new StringBuilder();
        items.forEach(item -> out.append(item).append('\n'));
        return out.toString();
    }

    private static String csv(List<ObjectNode> items) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            writer.writeRecord(COLUMNS);
            for (ObjectNode item : items) {
                writer.writeRecord(
                        POINTERS.stream().map(pointer -> cell(item.at(pointer))).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text can always be written to", e);
        }
        return text.toString();
    }

    /** A cell; a text that a spreadsheet would run as a formula gets an apostrophe before it. */
    private static String cell(JsonNode value) {
        String text = value.isValueNode() ? value.asText() : "";
        boolean formula = value.isTextual() && !text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }
}
