package io.regrade.intake.manifest.found;

/** A manifest that cannot be read; the message says where and why. */
public final class ManifestException extends RuntimeException {

    private static final int SHOWN_CHARS = 60;

    private final transient Place place;
    private final String problem;

    /**
     * A refusal.
     *
     * @param problem what is wrong and what was perhaps meant, input in backticks
     */
    public ManifestException(Place place, String problem) {
        super(place + ": " + problem);
        this.place = place;
        this.problem = problem;
    }

    /** Where it is wrong. */
    public Place place() {
        return place;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** A text from a manifest as a message may carry it: short, one line, no control characters. */
    public static String shorten(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(SHOWN_CHARS + 1L)
                .forEach(c -> plain.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '`' || isHalf(c)
                                ? '?'
                                : c));
        return plain.codePointCount(0, plain.length()) > SHOWN_CHARS
                ? plain.substring(0, plain.offsetByCodePoints(0, SHOWN_CHARS)) + "…"
                : plain.toString();
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
