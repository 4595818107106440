package io.regrade.web;

import io.regrade.fact.Numbers;
import io.regrade.offer.AnswerLinks.Grant;
import io.regrade.offer.Item;
import io.regrade.offer.Offer;
import io.regrade.offer.OfferJson;

/** The page behind a signed link: what is offered, and a form to answer with. It runs no script and loads nothing. */
final class OfferPage {

    static final String POLICY =
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; style-src 'unsafe-inline'";
    private static final int MOST_ITEMS = 100;

    private OfferPage() {}

    static String html(Offer offer, Grant grant, boolean open) {
        StringBuilder page = new StringBuilder("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <title>An offer</title>
                <style>body{font:1rem sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;\
                padding:.2rem .8rem .2rem 0}textarea{width:100%}</style>
                </head>
                <body>
                """);
        page.append("<h1>An offer for ").append(escaped(grant.recipient())).append("</h1>\n");
        page.append("<p>It is <strong>").append(offer.state().key()).append("</strong>");
        if (offer.by() != null) {
            page.append(" by ").append(escaped(offer.by()));
        }
        page.append(".</p>\n<table>\n<tr><th>machine</th><th>to</th><th>USD a month</th><th>saves</th></tr>\n");
        offer.items().stream().limit(MOST_ITEMS).forEach(item -> row(item, page));
        page.append("</table>\n");
        if (offer.items().size() > MOST_ITEMS) {
            page.append("<p>… and ").append(offer.items().size() - MOST_ITEMS).append(" more.</p>\n");
        }
        if (!offer.content().conditions().isNothing()) {
            page.append("<p>Conditions: <code>")
                    .append(escaped(
                            OfferJson.terms(offer.content().conditions()).toString()))
                    .append("</code></p>\n");
        }
        if (open) {
            page.append("<p>Valid until ").append(offer.content().validUntil());
            page.append(", its price until ")
                    .append(offer.content().priceValidUntil())
                    .append(".</p>\n");
            page.append("""
                    <form method="post">
                    <p><label>Reason, needed to refuse<br><textarea name="reason" rows="3" maxlength="1000"></textarea></label></p>
                    <p><button name="answer" value="accept">Accept</button>
                    <button name="answer" value="refuse">Refuse</button></p>
                    </form>
                    """);
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static void row(Item item, StringBuilder page) {
        page.append("<tr><td>").append(escaped(item.vm())).append("</td><td>");
        page.append(escaped(item.target() == null ? item.action().key() : item.target()));
        page.append("</td><td>").append(Numbers.show(item.priceUsdMonth()));
        page.append("</td><td>").append(Numbers.show(item.savingUsdMonth())).append("</td></tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
