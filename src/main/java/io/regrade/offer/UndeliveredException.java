package io.regrade.offer;

/** A notification did not arrive, as far as is known. The message says why and holds nothing of what was answered. */
public final class UndeliveredException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean hopeless;

    /**
     * Why.
     *
     * @param hopeless whether trying again would not help
     */
    public UndeliveredException(String message, boolean hopeless) {
        super(message);
        this.hopeless = hopeless;
    }

    /** Whether trying again would not help. */
    public boolean isHopeless() {
        return hopeless;
    }
}
