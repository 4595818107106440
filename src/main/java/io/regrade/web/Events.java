package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Server-sent events: asks for the newest state again and again, and sends it whenever it has changed. */
final class Events {

    private static final long ASK_MILLIS = 500;
    private static final int ALIVE_EVERY = 20;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Supplier<CompletionStage<Event>> newest;
    private String sent = "";
    private int silent;

    /**
     * A state.
     *
     * @param name the event's name
     * @param data its content
     * @param last whether nothing comes after it
     */
    record Event(String name, JsonNode data, boolean last) {}

    Events(Vertx vertx, HttpServerResponse response, Supplier<CompletionStage<Event>> newest) {
        this.vertx = vertx;
        this.response = response;
        this.newest = newest;
    }

    /** Begins; the headers are set. */
    void send() {
        response.setChunked(true);
        ask();
    }

    private void ask() {
        if (response.closed() || response.ended()) {
            return;
        }
        var loop = vertx.getOrCreateContext();
        newest.get()
                .whenComplete((event, failure) -> loop.runOnContext(nothing -> {
                    if (response.closed() || response.ended()) {
                        return;
                    }
                    if (failure != null) {
                        response.end(); // who follows connects again, as such clients do
                    } else {
                        tell(event);
                    }
                }));
    }

    private void tell(Event event) {
        String text = "event: " + event.name() + "\ndata: " + event.data() + "\n\n";
        if (!text.equals(sent)) {
            sent = text;
            silent = 0;
            response.write(text);
        } else if (++silent % ALIVE_EVERY == 0) {
            response.write(": still here\n\n");
        }
        if (event.last()) {
            response.end();
        } else {
            vertx.setTimer(ASK_MILLIS, timer -> ask());
        }
    }
}
