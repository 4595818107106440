package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Page;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.State;
import io.regrade.offer.Offer.Verb;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Offers;
import io.regrade.offer.Offers.Query;
import io.regrade.offer.Offers.Said;
import io.regrade.offer.TermsCheck;
import io.regrade.pipeline.offering.MakeOffers;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Offers over HTTP. */
final class OfferEndpoints {

    private static final List<String> COLUMNS = List.of(
            "id",
            "state",
            "vm",
            "action",
            "target",
            "price_usd_month",
            "saving_usd_month",
            "to",
            "valid_until",
            "price_valid_until",
            "created_at",
            "by",
            "reason",
            "predecessor",
            "successor");
    private static final Listing LISTING = new Listing(
            "offers",
            COLUMNS,
            List.of(
                    "/id",
                    "/state",
                    "/items/0/vm",
                    "/items/0/action",
                    "/items/0/target",
                    "/items/0/price_usd_month",
                    "/items/0/saving_usd_month",
                    "/to/0/name",
                    "/valid_until",
                    "/price_valid_until",
                    "/created_at",
                    "/by",
                    "/reason",
                    "/predecessor",
                    "/successor"));

    private final Offers offers;
    private final MakeOffers making;
    private final OfferBodies bodies;

    OfferEndpoints(Offers offers, MakeOffers making, Clock clock) {
        this.offers = offers;
        this.making = making;
        this.bodies = new OfferBodies(clock);
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "makeOffer",
                this::make,
                "listOffers",
                this::list,
                "getOffer",
                this::get,
                "acceptOffer",
                call -> say(call, Verb.ACCEPT),
                "refuseOffer",
                call -> say(call, Verb.REFUSE),
                "counterOffer",
                call -> say(call, Verb.COUNTER),
                "withdrawOffer",
                call -> say(call, Verb.WITHDRAW),
                "followOffer",
                this::follow);
    }

    private CompletionStage<Answer> make(Call call) {
        return making.make(call.read(bodies::request), call.asker())
                .thenApply(offer -> Answer.json(201, whole(offer))
                        .with("Location", "/v1/offers/" + offer.id())
                        .with("ETag", Preconditions.quoted(offer.tag())));
    }

    private CompletionStage<Answer> list(Call call) {
        String state = call.text("state");
        Query query = new Query(
                state == null ? null : State.valueOf(state.toUpperCase(Locale.ROOT)),
                call.text("vm"),
                call.text("to"),
                call.text("plan"),
                call.text("cursor"),
                call.value("limit").asInt());
        return offers.list(query).thenApply(page -> {
            List<ObjectNode> items = page.items().stream().map(OfferJson::offer).toList();
            return LISTING.answer(
                    new Page<>(items, page.next()),
                    call.accepted(),
                    page.next() == null ? null : call.next(page.next()));
        });
    }

    private CompletionStage<Answer> get(Call call) {
        return offers.byId(call.id()).thenApply(found -> {
            Offer one = found(found, call);
            Answer answer = Preconditions.isKnown(call.text("If-None-Match"), one.tag())
                    ? Answer.empty(304)
                    : Answer.json(200, whole(one));
            return answer.with("ETag", Preconditions.quoted(one.tag()));
        });
    }

    private CompletionStage<Answer> say(Call call, Verb verb) {
        Said said = call.read(body -> said(call, body, verb));
        return offers.say(call.id(), said, Preconditions.of(call)).thenApply(found -> {
            Offer one = found(found, call);
            return Answer.json(200, whole(one)).with("ETag", Preconditions.quoted(one.tag()));
        });
    }

    private Said said(Call call, JsonNode body, Verb verb) {
        return new Said(
                verb,
                call.asker(),
                body.path("reason").textValue(),
                verb == Verb.COUNTER ? bodies.counter(body) : null);
    }

    /** The newest state, until it is answered and, where it was countered, followed up. */
    private CompletionStage<Answer> follow(Call call) {
        return offers.byId(call.id()).thenApply(first -> {
            found(first, call);
            return Answer.events(() -> offers.byId(call.id()).thenApply(now -> {
                Offer one = found(now, call);
                return new Events.Event(one.state().key(), whole(one), isOver(one));
            }));
        });
    }

    private static boolean isOver(Offer offer) {
        boolean left = offer.history().stream().anyMatch(step -> step.what().equals("leave"));
        return offer.state() != State.OFFERED
                && (offer.state() != State.COUNTERED || offer.successor() != null || left);
    }

    private static Offer found(Optional<Offer> offer, Call call) {
        return offer.orElseThrow(() -> new HttpProblem(ProblemType.NOT_FOUND, "there is no offer `" + call.id() + "`"));
    }

    private static ObjectNode whole(Offer one) {
        ObjectNode node = OfferJson.offer(one);
        ArrayNode checks = node.putArray("checks");
        for (TermsCheck.Finding finding : TermsCheck.check(one.items(), one.content())) {
            checks.addObject()
                    .put("pointer", finding.pointer())
                    .put("vm", finding.vm())
                    .put("agreed", finding.agreed())
                    .put("offered", finding.offered())
                    .put("result", finding.result().key());
        }
        ArrayNode allowed = node.putArray("allowed");
        one.state().allowed().forEach(verb -> allowed.add(verb.key()));
        ArrayNode history = node.putArray("history");
        for (Offer.Step step : one.history()) {
            ObjectNode object = history.addObject();
            object.put("what", step.what());
            object.put("by", step.by());
            object.put("at", step.at().toString());
            if (step.reason() != null) {
                object.put("reason", step.reason());
            }
        }
        return node;
    }
}
