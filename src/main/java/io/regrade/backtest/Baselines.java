package io.regrade.backtest;

import java.util.List;

/** The recommenders that are compared with, as their makers publish them. */
public final class Baselines {

    /**
     * AWS-style are the default and the savings preset of AWS Compute Optimizer's rightsizing preferences; KRR is Robusta's
     * simple strategy; GCP-style and Azure-style go by the thresholds that these clouds document for their machine-type
     * and resize advice.
     */
    public static final List<Baseline> PUBLISHED = List.of(
            new PercentileSizing("AWS-style", 0, 0.995, 0.8, 1 / 0.8),
            new PercentileSizing("AWS-style, savings", 0, 0.90, 1, 1 / 0.9),
            new PercentileSizing("KRR", 0, 0.95, 1, 1.15),
            new VpaSizing(),
            new PercentileSizing("GCP-style", 8, 0.95, 0.8, 1 / 0.8),
            new PercentileSizing("Azure-style", 7, 0.95, 0.4, 1 / 0.6));

    private Baselines() {}
}
