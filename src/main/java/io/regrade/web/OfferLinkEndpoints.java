package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.ledger.Asker;
import io.regrade.ledger.Expectation;
import io.regrade.offer.AnswerLinks;
import io.regrade.offer.AnswerLinks.Grant;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.State;
import io.regrade.offer.Offer.Verb;
import io.regrade.offer.Offers;
import io.regrade.offer.Offers.Said;
import io.regrade.web.contract.Finding;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Answers to offers by a signed link. Reading the page does nothing, so whatever looks at links in mail may do so; only what
 * the page's form sends answers.
 */
final class OfferLinkEndpoints {

    private static final int MOST_REASON = 1000;

    private final Offers offers;
    private final AnswerLinks links;
    private final Clock clock;

    OfferLinkEndpoints(Offers offers, AnswerLinks links, Clock clock) {
        this.offers = offers;
        this.links = links;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of("openOfferLink", this::open, "answerByLink", this::answer);
    }

    private CompletionStage<Answer> open(Call call) {
        Grant grant = grant(call);
        return offers.byId(grant.offer())
                .thenApply(found -> page(found.orElseThrow(OfferLinkEndpoints::worthless), grant));
    }

    private CompletionStage<Answer> answer(Call call) {
        Grant grant = grant(call);
        Map<String, String> form = form(new String(call.body(), UTF_8));
        String reason = form.getOrDefault("reason", "").strip();
        Verb verb = switch (form.getOrDefault("answer", "")) {
            case "accept" -> Verb.ACCEPT;
            case "refuse" -> Verb.REFUSE;
            default ->
                throw HttpProblem.invalid(List.of(Finding.pointer(
                        "/answer", "`answer` is `accept` or `refuse`. Maybe use the buttons of the page")));
        };
        if (verb == Verb.REFUSE && reason.isEmpty() || reason.length() > MOST_REASON) {
            throw HttpProblem.invalid(List.of(Finding.pointer(
                    "/reason", "a reason of 1 to " + MOST_REASON + " characters is needed to refuse an offer")));
        }
        Asker asker = new Asker("link", grant.recipient(), call.asker().address());
        Said said = new Said(verb, asker, reason.isEmpty() ? null : reason, null);
        return offers.say(grant.offer(), said, Expectation.NONE)
                .thenApply(found -> page(found.orElseThrow(OfferLinkEndpoints::worthless), grant));
    }

    private Grant grant(Call call) {
        return links.read(call.value("token").asText(), clock.instant()).orElseThrow(OfferLinkEndpoints::worthless);
    }

    private static HttpProblem worthless() {
        return new HttpProblem(
                ProblemType.NOT_FOUND, "this link leads nowhere, or its time is over. Maybe ask for a new offer");
    }

    private static Answer page(Offer offer, Grant grant) {
        boolean open = offer.state() == State.OFFERED;
        return Answer.text("text/html", OfferPage.html(offer, grant, open))
                .with("Content-Security-Policy", OfferPage.POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int is = pair.indexOf('=');
            if (is > 0) {
                try {
                    form.put(
                            URLDecoder.decode(pair.substring(0, is), UTF_8),
                            URLDecoder.decode(pair.substring(is + 1), UTF_8));
                } catch (IllegalArgumentException e) {
                    // no escape: the field is not there
                }
            }
        }
        return form;
    }
}
