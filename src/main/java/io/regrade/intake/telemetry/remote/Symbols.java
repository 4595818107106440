package io.regrade.intake.telemetry.remote;

import java.util.ArrayList;
import java.util.List;

/** The table of texts of a message of version 2.0, as places in its body. */
final class Symbols {

    private final List<Wire> texts = new ArrayList<>();

    void add(Wire text) {
        texts.add(text);
    }

    int size() {
        return texts.size();
    }

    Wire text(int place) {
        return texts.get(place);
    }
}
