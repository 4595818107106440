package io.regrade.backtest;

import io.regrade.decision.CanonicalJson;
import java.nio.charset.StandardCharsets;

/**
 * A part of a fleet that does not depend on who divides it: a machine belongs to the part that the first byte of the SHA-256
 * of its id falls into, the 256 values cut into equal ranges. So one half can choose a policy's numbers, and the other one
 * tell how they do on machines that they were not chosen on.
 *
 * @param number which part, from 1 on
 * @param of how many parts there are, 1 to 256
 */
public record Part(int number, int of) {

    /** The whole fleet. */
    public static final Part ALL = new Part(1, 1);

    private static final int VALUES = 256;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when there is no such part
     */
    public Part {
        if (of < 1 || of > VALUES || number < 1 || number > of) {
            throw new IllegalArgumentException("`" + number + "/" + of + "` is no part. Maybe `1/2`");
        }
    }

    /**
     * Reads {@code 1/2}.
     *
     * @throws IllegalArgumentException when it is no such part
     */
    public static Part parse(String text) {
        String[] numbers = text.split("/", -1);
        try {
            if (numbers.length == 2) {
                return new Part(Integer.parseInt(numbers[0].strip()), Integer.parseInt(numbers[1].strip()));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("`" + text + "` is no part. Maybe `1/2`");
    }

    /** Whether a machine with this id belongs to it. */
    boolean contains(String id) {
        int first = Byte.toUnsignedInt(CanonicalJson.sha256().digest(id.getBytes(StandardCharsets.UTF_8))[0]);
        return first * of / VALUES == number - 1;
    }
}
