package io.regrade.offer;

/** Sends notifications over one channel. Thread-safe. */
@FunctionalInterface
public interface Sender {

    /**
     * Sends one; returns once whoever receives it has said that it has it.
     *
     * @throws UndeliveredException when that was not said
     */
    void send(Notification notification) throws UndeliveredException, InterruptedException;
}
