package io.regrade.ledger;

import com.fasterxml.jackson.databind.JsonNode;

/** What was asked for was there, and has been erased since; the message says by whom and when. */
public final class ErasedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ErasedException(String message) {
        super(message);
    }

    /**
     * That what a decision was made of was erased.
     *
     * @param decision what is left of it, with its member {@code erased}
     */
    public static ErasedException of(JsonNode decision) {
        return new ErasedException("what decision `" + decision.path("id").asText() + "` was made of was erased by "
                + decision.at("/erased/by").asText() + " at "
                + decision.at("/erased/at").asText());
    }
}
