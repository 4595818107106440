package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text and its lines. The encoding is what the bytes show (a byte order mark, zeros between letters), else what the
 * text declares, else UTF-8: what is declared is wrong more often than what is there.
 *
 * @param value the text without its byte order mark
 */
public record Text(String value) {

    private static final Pattern DECLARED = Pattern.compile(
            "\\A\\s*(?:<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"'>]{1,40})[\"']|(?:#[^\\n]*\\n|\\s)*\\.encoding\\s*=\\s*\"([^\"]{1,40})\")");
    private static final int DECLARATION_CHARS = 512;

    static Text decode(String name, byte[] bytes) {
        Mark mark = Mark.of(bytes);
        Charset charset = mark.charset;
        if (charset == null) {
            charset = declared(name, bytes);
        }
        return new Text(strict(name, bytes, mark.length, charset));
    }

    private static Charset declared(String name, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, DECLARATION_CHARS), StandardCharsets.ISO_8859_1);
        Matcher found = DECLARED.matcher(start);
        if (!found.find()) {
            return StandardCharsets.UTF_8;
        }
        String declared = found.group(1) != null ? found.group(1) : found.group(2);
        if (declared.toLowerCase(Locale.ROOT).startsWith("utf-16")
                || declared.toLowerCase(Locale.ROOT).startsWith("utf-32")
                || declared.toLowerCase(Locale.ROOT).startsWith("ucs-")) {
            return StandardCharsets.UTF_8; // the declaration could be read as single bytes: it is not what it says
        }
        try {
            return Charset.forName(declared);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new ManifestException(
                    Place.line(name, 1),
                    "the encoding `" + ManifestException.shorten(declared) + "` is not known. Maybe `UTF-8`");
        }
    }

    private static String strict(String name, byte[] bytes, int from, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate((int) Math.min(
                Integer.MAX_VALUE - 16L,
                (long) Math.ceil((bytes.length - from) * (double) decoder.maxCharsPerByte()) + 1));
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) {
            result = decoder.flush(out);
        }
        out.flip();
        if (result.isError()) {
            long line = out.chars().filter(c -> c == '\n').count() + 1;
            throw new ManifestException(
                    Place.line(name, line),
                    "byte " + in.position() + " is not " + charset.name() + ". Maybe the file is in another encoding");
        }
        return out.toString();
    }

    /** The line that a character is in, from 1. */
    public long lineAt(int index) {
        long line = 1;
        for (int i = 0; i < Math.min(index, value.length()); i++) {
            if (value.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /** Whether the first words, after blank lines, are these; case counts. */
    public boolean startsWith(String words) {
        return value.stripLeading().startsWith(words);
    }

    /** A byte order mark, or what zeros between letters show. */
    private record Mark(@Nullable Charset charset, int length) {

        static Mark of(byte[] b) {
            int b0 = b.length > 0 ? b[0] & 0xff : -1;
            int b1 = b.length > 1 ? b[1] & 0xff : -1;
            int b2 = b.length > 2 ? b[2] & 0xff : -1;
            int b3 = b.length > 3 ? b[3] & 0xff : -1;
            if (b0 == 0xef && b1 == 0xbb && b2 == 0xbf) {
                return new Mark(StandardCharsets.UTF_8, 3);
            }
            if (b0 == 0xff && b1 == 0xfe) {
                return b2 == 0 && b3 == 0
                        ? new Mark(Charset.forName("UTF-32LE"), 4)
                        : new Mark(StandardCharsets.UTF_16LE, 2);
            }
            if (b0 == 0xfe && b1 == 0xff) {
                return new Mark(StandardCharsets.UTF_16BE, 2);
            }
            if (b0 == 0 && b1 == 0 && b2 == 0xfe && b3 == 0xff) {
                return new Mark(Charset.forName("UTF-32BE"), 4);
            }
            if (b0 == 0 && b1 > 0 && b2 == 0 && b3 > 0) {
                return new Mark(StandardCharsets.UTF_16BE, 0);
            }
            if (b0 > 0 && b1 == 0 && b2 > 0 && b3 == 0) {
                return new Mark(StandardCharsets.UTF_16LE, 0);
            }
            return new Mark(null, 0);
        }
    }
}
