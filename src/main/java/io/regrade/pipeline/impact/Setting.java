package io.regrade.pipeline.impact;

import io.regrade.catalog.Catalog;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import java.util.Collection;

/**
 * What machines are decided in, whoever decides them.
 *
 * @param catalog the targets
 * @param pricing the business model
 */
public record Setting(Catalog catalog, Pricing pricing) {

    /** A setting with these targets. */
    public static Setting of(Collection<Target> targets, Pricing pricing) {
        return new Setting(Catalog.of(targets), pricing);
    }
}
