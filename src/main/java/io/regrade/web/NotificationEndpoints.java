package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.offer.Notification;
import io.regrade.offer.Notification.State;
import io.regrade.offer.Outbox;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What people are told, over HTTP. */
final class NotificationEndpoints {

    private final Outbox outbox;

    NotificationEndpoints(Outbox outbox) {
        this.outbox = outbox;
    }

    Map<String, Endpoint> all() {
        return Map.of("listNotifications", this::list, "retryNotification", this::retry);
    }

    private CompletionStage<Answer> list(Call call) {
        String state = call.text("state");
        return outbox.list(
                        state == null ? null : State.valueOf(state.toUpperCase(Locale.ROOT)),
                        call.text("offer"),
                        call.text("cursor"),
                        call.value("limit").asInt())
                .thenApply(page -> {
                    ObjectNode node = JsonNodeFactory.instance.objectNode();
                    ArrayNode list = node.putArray("notifications");
                    page.items().forEach(one -> list.add(json(one)));
                    if (page.next() != null) {
                        node.put("next", page.next());
                    }
                    return Answer.json(200, node);
                });
    }

    private CompletionStage<Answer> retry(Call call) {
        return outbox.retry(call.id()).thenApply(done -> {
            boolean again = done.orElseThrow(
                    () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no notification `" + call.id() + "`"));
            if (!again) {
                throw new HttpProblem(
                        ProblemType.WRONG_STATE,
                        "notification `" + call.id() + "` was not given up, or what it told was erased");
            }
            return Answer.empty(204);
        });
    }

    private static ObjectNode json(Notification one) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", one.id())
                .put("channel", one.channel().key())
                .put("address", one.address())
                .put("type", one.type())
                .put("offer", one.offer())
                .put("at", one.at().toString())
                .put("state", one.state().key())
                .put("attempts", one.attempts());
        if (one.state() == State.WAITING) {
            node.put("next_at", one.nextAt().toString());
        }
        if (one.error() != null) {
            node.put("error", one.error());
        }
        return node;
    }
}
