package io.regrade.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/** Cursors as opaque words for URLs; the prefix tells those of one list from those of another. */
public final class Cursors {

    private Cursors() {}

    /** A cursor for the place after a key. */
    public static String of(char list, String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((list + key).getBytes(UTF_8));
    }

    /**
     * The key that a cursor was made of.
     *
     * @throws InvalidCursorException when it is not one of this list
     */
    public static String key(char list, String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (!text.isEmpty() && text.charAt(0) == list) {
                return text.substring(1);
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // not even base64 of a text: the same answer as for another list's cursor
        }
        throw new InvalidCursorException(cursor);
    }
}
