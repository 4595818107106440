package io.regrade.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.*;

public final class FactReader {
    public static VmFacts facts(JsonNode n) {
        throw new IllegalStateException();
    }

    public static Target target(JsonNode n) {
        throw new IllegalStateException();
    }

    public static Pricing pricing(JsonNode n) {
        return Pricing.HOURLY;
    }
}
