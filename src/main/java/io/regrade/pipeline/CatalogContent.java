package io.regrade.pipeline;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import java.io.ByteArrayOutputStream;
import java.util.Collection;

/** A catalogue and its business model as they are digested and stored: a line of canonical JSON for each. */
final class CatalogContent {

    private CatalogContent() {}

    /** A line for each target in the catalogue's order, then one, without an end, for the business model. */
    static byte[] write(Collection<Target> targets, Pricing pricing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        for (Target target : targets) {
            out.writeBytes(CanonicalJson.bytes(FactJson.target(target)));
            out.write('\n');
        }
        out.writeBytes(CanonicalJson.bytes(FactJson.pricing(pricing)));
        return out.toByteArray();
    }
}
