package io.regrade.ledger.pack;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The bins of a distribution, Base64 of pairs of doubles: an ascending value and how many samples are there and below.
 * Values of sketches lie on one grid, so most are a small step from the one before on a grid that was learnt.
 */
final class Bins {

    private static final int PAIR = 16;
    private static final int WHOLE = 0;
    private static final int ANY = 1;
    private static final double MOST_WHOLE = 1L << 53;

    private Bins() {}

    /** The doubles of a text; null when {@link #text} would not give that text again. */
    static double @Nullable [] read(byte[] json, int from, int to) {
        if ((to - from) % 4 != 0) {
            return null;
        }
        byte[] text = Arrays.copyOfRange(json, from, to);
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (raw.length % PAIR != 0 || !isEndOf(raw, text)) {
            return null;
        }
        double[] numbers = new double[raw.length / Double.BYTES];
        ByteBuffer.wrap(raw).asDoubleBuffer().get(numbers);
        return numbers;
    }

    /** Whether a text, decoded, ends as encoding writes it; in its last four letters alone there is a choice. */
    private static boolean isEndOf(byte[] raw, byte[] text) {
        int left = raw.length % 3;
        byte[] end = Base64.getEncoder().encode(Arrays.copyOfRange(raw, raw.length - left, raw.length));
        return Arrays.equals(text, text.length - end.length, text.length, end, 0, end.length);
    }

    static byte[] text(double[] numbers) {
        ByteBuffer raw = ByteBuffer.allocate(numbers.length * Double.BYTES);
        raw.asDoubleBuffer().put(numbers);
        return Base64.getEncoder().encode(raw.array());
    }

    /** Writes doubles with the help of a grid, ascending. */
    static void write(double[] numbers, double[] grid, ByteWriter out) {
        int count = numbers.length / 2;
        out.varint(count);
        int last = -1;
        for (int i = 0; i < count; i++) {
            int next = last + 1; // mostly
            int place = next < grid.length && same(grid[next], numbers[2 * i])
                    ? next
                    : Arrays.binarySearch(grid, next, grid.length, numbers[2 * i]);
            if (place > last && same(grid[place], numbers[2 * i])) {
                out.varint(place - last);
                last = place;
            } else {
                out.varint(0);
                out.eight(Double.doubleToRawLongBits(numbers[2 * i]));
            }
        }
        boolean whole = isWhole(numbers);
        out.write(whole ? WHOLE : ANY);
        long before = 0;
        for (int i = 0; i < count; i++) {
            double sum = numbers[2 * i + 1];
            if (whole) {
                out.varint((long) sum - before);
                before = (long) sum;
            } else {
                out.eight(Double.doubleToRawLongBits(sum));
            }
        }
    }

    private static boolean isWhole(double[] numbers) {
        double before = 0;
        for (int i = 1; i < numbers.length; i += 2) {
            double sum = numbers[i];
            if (!(sum >= before) || sum > MOST_WHOLE || !same((long) sum, sum)) {
                return false;
            }
            before = sum;
        }
        return true;
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    static double[] read(ByteReader in, double[] grid) {
        int count = in.count();
        in.has(count);
        double[] numbers = new double[2 * count];
        int last = -1;
        for (int i = 0; i < count; i++) {
            int step = in.count();
            if (step > 0) {
                last += step;
                if (last < 0 || last >= grid.length) {
                    throw new DamagedPackException("a bin is outside of the grid");
                }
                numbers[2 * i] = grid[last];
            } else {
                numbers[2 * i] = Double.longBitsToDouble(in.eight());
            }
        }
        boolean whole = in.read() == WHOLE;
        long before = 0;
        for (int i = 0; i < count; i++) {
            if (whole) {
                before += in.varint();
                numbers[2 * i + 1] = before;
            } else {
                numbers[2 * i + 1] = Double.longBitsToDouble(in.eight());
            }
        }
        return numbers;
    }
}
