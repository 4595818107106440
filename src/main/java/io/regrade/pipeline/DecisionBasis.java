package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.engine.PhaseWatch;
import io.regrade.fact.Pricing;

/**
 * What decisions are made on besides a policy. Immutable.
 *
 * @param catalog the targets
 * @param pricing the business model
 * @param digest {@code sha256:…} over both
 * @param watch times the phases
 */
record DecisionBasis(Catalog catalog, Pricing pricing, String digest, PhaseWatch watch) {

    /** Works out the digest, which takes a while for a large catalogue. */
    static DecisionBasis of(Catalog catalog, Pricing pricing, PhaseWatch watch) {
        return new DecisionBasis(catalog, pricing, DecideVm.digest(catalog, pricing), watch);
    }

    /** What decides by this policy here. */
    DecideVm by(ReadyPolicy policy) {
        return new DecideVm(policy, catalog, pricing, digest, watch);
    }
}
