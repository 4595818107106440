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
        return plain(text, SHOWN_CHARS);
    }

    /** A text of at most so many characters without control characters, backticks and halves of characters. */
    static String plain(String text, int max) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .limit(max + 1L)
                .forEach(c -> plain.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == '`' || isHalf(c)
                                ? '?'
                                : c));
        return plain.codePointCount(0, plain.length()) > max
                ? plain.substring(0, plain.offsetByCodePoints(0, max)) + "…"
                : plain.toString();
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
