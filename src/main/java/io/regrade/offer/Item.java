package io.regrade.offer;

import io.regrade.fact.Action;
import org.jspecify.annotations.Nullable;

/**
 * What is offered for one machine. What is unknown or was erased is NaN or null.
 *
 * @param vm the machine
 * @param recommendation the recommendation that is offered, null when a plan says otherwise than the decision
 * @param decision the decision that advises it
 * @param action what is advised
 * @param target the id of the advised target, null when there is none
 * @param cloud the target's cloud
 * @param region the target's region
 * @param family the target's instance family
 * @param owner who answers for the machine
 * @param priceUsdMonth what the machine costs then, US dollars a month
 * @param savingUsdMonth what is saved, US dollars a month
 * @param saturatedHoursMonth hours a month in which it is saturated then
 * @param why the reason, one sentence
 */
public record Item(
        String vm,
        @Nullable String recommendation,
        String decision,
        Action action,
        @Nullable String target,
        @Nullable String cloud,
        @Nullable String region,
        @Nullable String family,
        @Nullable String owner,
        double priceUsdMonth,
        double savingUsdMonth,
        double saturatedHoursMonth,
        @Nullable String why) {}
