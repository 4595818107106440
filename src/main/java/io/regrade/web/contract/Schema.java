package io.regrade.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A compiled JSON schema. Immutable, thread-safe once compiled. */
public final class Schema {

    /** One thing that a schema asks for. */
    @FunctionalInterface
    interface Check {
        void check(JsonNode node, Place place, List<Finding> findings);
    }

    /** Anything at all. */
    static final Schema ANY = new Schema(List.of());

    private final List<Check> checks;

    Schema(List<Check> checks) {
        this.checks = checks;
    }

    /** Everything that is wrong with a document; empty when it is as the schema wants it. */
    public List<Finding> check(JsonNode node) {
        List<Finding> findings = new ArrayList<>();
        check(node, Place.ROOT, findings);
        return findings;
    }

    void check(JsonNode node, Place place, List<Finding> findings) {
        for (Check check : checks) {
            check.check(node, place, findings);
        }
    }
}
