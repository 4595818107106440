package io.regrade.policy.bundle;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives so many bytes and no more: what unpacks to more than that fails. Used by one thread. */
final class BoundedInput extends FilterInputStream {

    private long left;

    /** There is more. */
    static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    BoundedInput(InputStream in, long most) {
        super(in);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws TooMuchException {
        left -= bytes;
        if (left < 0) {
            throw new TooMuchException();
        }
    }
}
