package io.regrade.web;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.regrade.web.contract.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Bodies as they arrive. */
final class Bodies {

    private static final int BUFFER = 1 << 16;

    private Bodies() {}

    /** What is said of a body over the limit; the rest of it is not read, so the connection is given up. */
    static HttpProblem tooLarge(long limit) {
        return new HttpProblem(
                ProblemType.TOO_LARGE,
                "the body holds more than " + limit + " bytes, which is the limit. Maybe send it in parts",
                List.of(),
                java.util.Map.of("Connection", "close"));
    }

    /** Decompresses a body, but never to more than the limit. */
    static byte[] gunzip(byte[] body, long limit) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), BUFFER)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(body.length * 4, 1 << 20));
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw tooLarge(limit);
                }
                out.write(buffer, 0, read);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw HttpProblem.invalid(List.of(Finding.parameter(
                    "Content-Encoding", "the body is not gzip, or is cut off. Maybe leave the header out")));
        }
    }

    /** Decompresses a block of Snappy; how large it gets is said at its beginning. */
    static byte[] unsnap(byte[] body, long limit) {
        try {
            int size = SnappyDecompressor.getUncompressedLength(body, 0);
            if (size > limit) {
                throw tooLarge(limit);
            }
            byte[] plain = new byte[size];
            int written = new SnappyDecompressor().decompress(body, 0, body.length, plain, 0, size);
            if (written == size) {
                return plain;
            }
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // told below
        }
        throw HttpProblem.invalid(
                List.of(Finding.parameter("Content-Encoding", "the body is no block of Snappy, or is cut off")));
    }
}
