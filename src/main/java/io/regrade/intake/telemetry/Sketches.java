package io.regrade.intake.telemetry;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;

/** The one kind of sketch there is, so that any two of them merge exactly: a DDSketch of 1 % relative accuracy. */
final class Sketches {

    static final IndexMapping MAPPING = new CubicallyInterpolatedMapping(0.01);

    private Sketches() {}

    static DDSketch empty() {
        return new DDSketch(MAPPING, UnboundedSizeDenseStore::new);
    }
}
