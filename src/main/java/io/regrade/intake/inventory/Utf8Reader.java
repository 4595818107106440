package io.regrade.intake.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8, drops a byte order mark, refuses lines that are too long, and marks bytes that are not UTF-8 with
 * {@link #MALFORMED}, so that whoever reads the field can say which line it is in.
 */
final class Utf8Reader extends Reader {

    /** Stands for bytes that are no UTF-8: half of a surrogate pair, which well-formed UTF-8 never gives. */
    static final char MALFORMED = '\uDC80';

    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final int maxLineChars;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private boolean end;
    private boolean started;
    private long lineChars;

    Utf8Reader(InputStream in, int maxLineChars) {
        this.in = in;
        this.maxLineChars = maxLineChars;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (length < 2) {
            // A character outside the basic plane needs two places.
            throw new IllegalArgumentException("a buffer of at least two characters is needed");
        }
        // No more than a line may hold: then the line that is too long is the one that whoever reads is in.
        CharBuffer chars = CharBuffer.wrap(buffer, offset, Math.min(length, maxLineChars));
        while (chars.position() == offset) {
            if (!end && bytes.remaining() < 4) {
                fill();
            }
            CoderResult result = decoder.decode(bytes, chars, end);
            if (result.isError() && chars.hasRemaining()) {
                bytes.position(bytes.position() + result.length());
                chars.put(MALFORMED);
            } else if (end && !bytes.hasRemaining()) {
                break;
            }
            if (!started && chars.position() > offset) {
                started = true;
                if (buffer[offset] == BYTE_ORDER_MARK) {
                    System.arraycopy(buffer, offset + 1, buffer, offset, chars.position() - offset - 1);
                    chars.position(chars.position() - 1);
                }
            }
        }
        int read = chars.position() - offset;
        checkLines(buffer, offset, read);
        return read == 0 ? -1 : read;
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            end = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }

    /** Looks only at the outermost line ends of what was read: no line within it can be too long. */
    private void checkLines(char[] buffer, int offset, int read) throws IOException {
        int from = offset;
        int to = offset + read;
        while (from < to && !isLineEnd(buffer[from])) {
            from++;
        }
        lineChars += (long) from - offset;
        if (lineChars > maxLineChars) {
            throw new Unreadable("the line is longer than " + maxLineChars
                    + " characters, which is the limit. Maybe this is no text file");
        }
        if (from < to) {
            int last = to;
            while (!isLineEnd(buffer[last - 1])) {
                last--;
            }
            lineChars = (long) to - last;
        }
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
