package io.regrade.web;

import java.util.concurrent.CompletionStage;

/** What answers one operation of the contract. Thread-safe. */
@FunctionalInterface
interface Endpoint {

    /** Answers a call, or fails with something that {@link Problems} knows. */
    CompletionStage<Answer> answer(Call call);
}
