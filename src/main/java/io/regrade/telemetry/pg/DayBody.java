package io.regrade.telemetry.pg;

import com.github.luben.zstd.Zstd;
import io.regrade.fact.Resource;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.UsageHour;
import io.regrade.ledger.pack.ByteReader;
import io.regrade.ledger.pack.ByteWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The closed hours of one machine's day as bytes, compressed by Zstandard. The highest amount is exact; the lowest and the
 * mean are kept to two millionths of the highest. All else is exact.
 *
 * <p>Column by column, as differences to the hour before, so that what stays the same is a run of zeros.
 */
final class DayBody {

    private static final int FORMAT = 1;
    private static final int LEVEL = 9;
    private static final int MOST_BYTES = 1 << 20;
    private static final int DIGITS_MOST = 22;
    private static final double LARGEST_DIGITS = 1e9;
    /** As many as three bytes tell apart. */
    private static final double STEPS = (1 << 21) - 1;
    /** The resources by the number they have in a body. */
    private static final List<Resource> RESOURCES = List.of(
            Resource.CPU,
            Resource.MEMORY,
            Resource.STORAGE,
            Resource.DISK_THROUGHPUT,
            Resource.DISK_IOPS,
            Resource.NETWORK);

    private DayBody() {}

    /** Writes hours, all of one day. */
    static byte[] write(MeasuredHours hours) {
        ByteWriter out = new ByteWriter();
        for (int i = 0; i < RESOURCES.size(); i++) {
            List<UsageHour> of = hours.of(RESOURCES.get(i));
            if (!of.isEmpty()) {
                out.varint(i);
                out.varint(of.size());
                write(of, out);
            }
        }
        byte[] packed = Zstd.compress(out.bytes(), LEVEL);
        byte[] body = new byte[packed.length + 1];
        body[0] = FORMAT;
        System.arraycopy(packed, 0, body, 1, packed.length);
        return body;
    }

    private static void write(List<UsageHour> hours, ByteWriter out) {
        Difference place = new Difference(out);
        hours.forEach(hour -> place.write(hour.hour()));
        Difference first = new Difference(out);
        hours.forEach(hour -> first.write(hour.firstTime() - hour.hour() * UsageHour.SECONDS));
        Difference span = new Difference(out);
        hours.forEach(hour -> span.write(hour.lastTime() - hour.firstTime()));
        Difference count = new Difference(out);
        hours.forEach(hour -> count.write(hour.count()));
        Difference interval = new Difference(out);
        hours.forEach(hour -> interval.write(hour.interval()));
        Difference gaps = new Difference(out);
        hours.forEach(hour -> gaps.write(hour.lastTime() - hour.firstTime() - Math.round(hour.covered())));
        hours.forEach(hour -> out.varint(hour.zeros()));
        hours.forEach(hour -> amount(hour.max(), out));
        hours.forEach(hour -> fraction(hour.min(), 0, hour.max(), STEPS, out));
        hours.forEach(hour -> {
            double lowest = low(hour.min(), hour.max());
            fraction(hour.sum() / hour.count(), lowest, hour.max(), STEPS, out);
        });
        Difference bin = new Difference(out);
        for (UsageHour hour : hours) {
            out.varint(hour.bins());
            for (int i = 0; i < hour.bins(); i++) {
                if (i == 0) {
                    bin.write(hour.bin(0));
                } else {
                    out.varint((long) (hour.bin(i) - hour.bin(i - 1) - 1) << 1 | (hour.binCount(i) > 1 ? 1 : 0));
                }
                if (i == 0 || hour.binCount(i) > 1) {
                    out.varint(hour.binCount(i));
                }
            }
        }
    }

    private static double low(double min, double max) {
        return max == 0 ? 0 : Math.min(max, Math.rint(min / max * STEPS) / STEPS * max);
    }

    /** How far an amount is on the way from one to another; nothing when there is no way. */
    private static void fraction(double amount, double low, double high, double steps, ByteWriter out) {
        if (high > low) {
            out.varint(Math.round(Math.min(Math.max((amount - low) / (high - low), 0), 1) * steps));
        }
    }

    private static double readFraction(double low, double high, double steps, ByteReader in) {
        return high > low ? Math.min(high, low + in.varint() / steps * (high - low)) : high;
    }

    /** An amount, exact: as a decimal number of few digits when it is one, which samples mostly are. */
    private static void amount(double amount, ByteWriter out) {
        double scale = 1;
        for (int digits = 0; digits <= DIGITS_MOST; digits++, scale *= 10) {
            double whole = Math.rint(amount * scale);
            if (whole > LARGEST_DIGITS) {
                break;
            }
            if (whole / scale == amount) {
                out.write(digits);
                out.varint((long) whole);
                return;
            }
        }
        out.write(DIGITS_MOST + 1);
        out.eight(Double.doubleToLongBits(amount));
    }

    private static double readAmount(ByteReader in) {
        int digits = in.read();
        if (digits > DIGITS_MOST) {
            return Double.longBitsToDouble(in.eight());
        }
        double scale = 1;
        for (int i = 0; i < digits; i++) {
            scale *= 10;
        }
        return in.varint() / scale;
    }

    /** Numbers as differences to the one before. */
    private static final class Difference {
        private final ByteWriter out;
        private long before;

        Difference(ByteWriter out) {
            this.out = out;
        }

        void write(long number) {
            out.varint(Chunk.folded(number - before));
            before = number;
        }
    }

    private static long[] differences(ByteReader in, int size) {
        long[] numbers = new long[size];
        long before = 0;
        for (int i = 0; i < size; i++) {
            before += Chunk.unfolded(in.varint());
            numbers[i] = before;
        }
        return numbers;
    }

    /**
     * Reads a body.
     *
     * @throws IllegalStateException when it is of another format
     * @throws io.regrade.ledger.pack.DamagedPackException when it is damaged
     */
    static MeasuredHours read(byte[] body) {
        if (body.length == 0 || body[0] != FORMAT) {
            throw new IllegalStateException("a day of telemetry is of another format");
        }
        byte[] packed = java.util.Arrays.copyOfRange(body, 1, body.length);
        ByteReader in = new ByteReader(Zstd.decompress(packed, MOST_BYTES));
        Map<Resource, List<UsageHour>> hours = new EnumMap<>(Resource.class);
        while (!in.isAtEnd()) {
            Resource resource = RESOURCES.get(in.count());
            hours.put(resource, readHours(in, in.count()));
        }
        return new MeasuredHours(hours);
    }

    private static List<UsageHour> readHours(ByteReader in, int size) {
        long[] places = differences(in, size);
        long[] firsts = differences(in, size);
        long[] spans = differences(in, size);
        long[] counts = differences(in, size);
        long[] intervals = differences(in, size);
        long[] gaps = differences(in, size);
        long[] zeros = new long[size];
        double[] maxima = new double[size];
        double[] minima = new double[size];
        double[] means = new double[size];
        for (int i = 0; i < size; i++) {
            zeros[i] = in.varint();
        }
        for (int i = 0; i < size; i++) {
            maxima[i] = readAmount(in);
        }
        for (int i = 0; i < size; i++) {
            minima[i] = readFraction(0, maxima[i], STEPS, in);
        }
        for (int i = 0; i < size; i++) {
            means[i] = readFraction(minima[i], maxima[i], STEPS, in);
        }
        List<UsageHour> hours = new ArrayList<>(size);
        long firstBin = 0;
        for (int i = 0; i < size; i++) {
            int[] bins = new int[in.count()];
            long[] held = new long[bins.length];
            for (int b = 0; b < bins.length; b++) {
                boolean counted = true;
                if (b == 0) {
                    firstBin += Chunk.unfolded(in.varint());
                    bins[0] = (int) firstBin;
                } else {
                    long step = in.varint();
                    bins[b] = bins[b - 1] + 1 + (int) (step >>> 1);
                    counted = (step & 1) != 0;
                }
                held[b] = counted ? in.varint() : 1;
            }
            long from = places[i] * UsageHour.SECONDS + firsts[i];
            hours.add(new UsageHour(
                    from,
                    from + spans[i],
                    counts[i],
                    intervals[i],
                    spans[i] - gaps[i],
                    means[i] * counts[i],
                    minima[i],
                    maxima[i],
                    zeros[i],
                    bins,
                    held));
        }
        return hours;
    }
}
