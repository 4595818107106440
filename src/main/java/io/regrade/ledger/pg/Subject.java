package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.regrade.decision.CanonicalJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whom a body tells of. What is learnt of bodies must not tell of anyone: it outlasts them.
 *
 * @param id the id of a machine, or of whatever else it tells of
 * @param facts what is known of the machine, canonical JSON; empty when it is none
 */
record Subject(String id, byte[] facts) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Something that is no machine. */
    static Subject named(String id) {
        return new Subject(id, new byte[0]);
    }

    /**
     * What must not be learnt, as it is written in JSON: what names the machine and whom it belongs to, its tags, and what
     * people said of it.
     */
    List<byte[]> untold() {
        List<byte[]> texts = new ArrayList<>();
        JsonNode known;
        try {
            known = MAPPER.readTree(facts);
        } catch (IOException e) {
            throw new IllegalArgumentException("the facts of `" + id + "` are not JSON", e);
        }
        JsonNode vm = known.path("vm");
        for (String name : List.of("id", "name", "group", "owner")) {
            add(vm.path(name), texts);
        }
        vm.path("tags").forEach(tag -> add(tag, texts));
        for (JsonNode dismissal : known.path("dismissals")) {
            add(dismissal.path("by"), texts);
            add(dismissal.path("reason"), texts);
        }
        return texts;
    }

    private static void add(JsonNode node, List<byte[]> texts) {
        if (node instanceof TextNode text) {
            byte[] quoted = CanonicalJson.bytes(text);
            texts.add(Arrays.copyOfRange(quoted, 1, quoted.length - 1));
        }
    }
}
