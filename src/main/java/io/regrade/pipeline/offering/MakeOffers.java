package io.regrade.pipeline.offering;

import io.regrade.ledger.Asker;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.Plans;
import io.regrade.ledger.Recommendations;
import io.regrade.offer.Item;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.Content;
import io.regrade.offer.Offer.Counter;
import io.regrade.offer.Offers;
import io.regrade.offer.Offers.Made;
import io.regrade.offer.Recipient;
import io.regrade.offer.TermsCheck;
import io.regrade.offer.TermsCheck.Result;
import io.regrade.pipeline.Refusal;
import io.regrade.pipeline.RefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Makes offers of recommendations and of plans' shares. Blocks on the ledger; thread-safe. */
public final class MakeOffers {

    private static final Duration VALID = Duration.ofDays(7);
    private static final int MOST = 1000;

    private final Offers offers;
    private final OfferItems items;
    private final Set<String> webhooks;
    private final Clock clock;

    /** Makes them; {@code webhooks} are the names that requests may use. */
    public MakeOffers(
            Offers offers,
            Recommendations recommendations,
            Decisions decisions,
            Plans plans,
            Inventory inventory,
            Set<String> webhooks,
            Clock clock) {
        this.offers = offers;
        this.items = new OfferItems(recommendations, decisions, plans, inventory);
        this.webhooks = Set.copyOf(webhooks);
        this.clock = clock;
    }

    /**
     * Makes an offer.
     *
     * @return it, once it lasts; see {@link Offers#make}
     * @throws RefusedException when something in the request is not known here, or the decisions break its terms, with every
     *     reason
     */
    public CompletionStage<Offer> make(OfferRequest request, Asker by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant validUntil = request.validUntil() == null ? now.plus(VALID) : request.validUntil();
        Instant price = request.priceValidUntil() == null ? validUntil : request.priceValidUntil();
        Content content = new Content(request.to(), request.conditions(), request.agreements(), validUntil, price);
        List<Refusal> reasons = new ArrayList<>();
        recipients(request.to(), reasons);
        List<Item> found = items(request, reasons);
        reasons.addAll(broken(found, content));
        if (price.isAfter(validUntil)) {
            reasons.add(Refusal.pointer(
                    "/price_valid_until", "`" + price + "` is after the offer itself ends, " + validUntil));
        }
        if (!reasons.isEmpty()) {
            throw RefusedException.invalid(reasons);
        }
        return offers.make(new Made(request.plan(), found, content, null, by));
    }

    /**
     * Makes the offer that follows a countered one, of what is advised on its machines now; the terms that were wanted go
     * before those that were offered.
     *
     * @param counter what was wanted
     * @return why none follows; empty when one does
     */
    Optional<String> follow(Offer countered, Counter counter) {
        List<Item> advised = new ArrayList<>();
        for (Item before : countered.items()) {
            items.ofVm(before.vm()).ifPresent(advised::add);
        }
        if (advised.isEmpty()) {
            return Optional.of("nothing is advised under these terms");
        }
        Content before = countered.content();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant validUntil = now.plus(Duration.between(countered.createdAt(), before.validUntil()));
        Instant price = now.plus(Duration.between(countered.createdAt(), before.priceValidUntil()));
        Content content = new Content(
                before.to(), before.conditions().with(counter.terms()), before.agreements(), validUntil, price);
        List<Refusal> broken = broken(advised, content);
        if (!broken.isEmpty()) {
            return Optional.of(broken.get(0).message());
        }
        LedgerAnswer.await(offers.make(new Made(null, advised, content, countered.id(), Asker.SERVER)));
        return Optional.empty();
    }

    private void recipients(List<Recipient> to, List<Refusal> reasons) {
        int place = 0;
        for (Recipient one : to) {
            String webhook = one.webhook();
            if (webhook != null && !webhooks.contains(webhook)) {
                reasons.add(Refusal.pointer(
                        "/to/" + place + "/webhook",
                        "no webhook `" + webhook + "` is configured. Maybe add it to `webhooks` of `notifications`"));
            }
            place++;
        }
    }

    private List<Item> items(OfferRequest request, List<Refusal> reasons) {
        String recommendation = request.recommendation();
        if (recommendation != null) {
            return items.ofRecommendation(recommendation).map(List::of).orElseGet(() -> {
                reasons.add(Refusal.pointer(
                        "/recommendation",
                        "there is no recommendation `" + recommendation
                                + "`. Maybe `GET /v1/recommendations` lists it"));
                return List.of();
            });
        }
        String plan = String.valueOf(request.plan());
        List<Item> share = items.ofPlan(plan, request.owner(), request.cloud()).orElse(null);
        if (share == null) {
            reasons.add(Refusal.pointer("/plan", "there is no plan `" + plan + "` that is done"));
        } else if (share.isEmpty()) {
            reasons.add(Refusal.pointer("/plan", "plan `" + plan + "` moves no such machine"));
        } else if (share.size() > MOST) {
            reasons.add(Refusal.pointer(
                    "/plan",
                    "that share of the plan has " + share.size() + " machines, an offer has " + MOST
                            + " at most. Maybe one offer for each `owner` or `cloud`"));
        }
        return share == null ? List.of() : share;
    }

    private static List<Refusal> broken(List<Item> items, Content content) {
        return TermsCheck.check(items, content).stream()
                .filter(finding -> finding.result() == Result.BROKEN)
                .map(finding -> Refusal.pointer(finding.pointer(), finding.sentence()))
                .toList();
    }
}
