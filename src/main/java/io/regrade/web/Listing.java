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

/**
 * How pages of one list are written: as JSON, NDJSON or CSV.
 *
 * @param name what the list is called in JSON
 * @param columns the columns in CSV
 * @param pointers where an item has the value of each column
 */
record Listing(String name, List<String> columns, List<String> pointers) {

    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";

    /** The page in a media type; where there is no place for the next cursor in the body, it is in a header. */
    Answer answer(Page<ObjectNode> page, String mediaType, @Nullable String nextUri) {
        Answer answer = switch (mediaType) {
            case NDJSON -> Answer.text(NDJSON, ndjson(page.items()));
            case CSV -> Answer.text(CSV, csv(page.items()));
            default -> Answer.json(200, json(page));
        };
        return nextUri == null ? answer : answer.with("Link", "<" + nextUri + ">; rel=\"next\"");
    }

    private ObjectNode json(Page<ObjectNode> page) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode list = node.putArray(name);
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

    private String csv(List<ObjectNode> items) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            writer.writeRecord(columns);
            for (ObjectNode item : items) {
                writer.writeRecord(
                        pointers.stream().map(pointer -> cell(item.at(pointer))).toList());
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
