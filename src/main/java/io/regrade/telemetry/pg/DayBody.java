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
 * The closed hours of one machine's day as bytes, compressed by Zstandard. The highest amount is exact; the lowest is kept to 1/10,000 of
 * itself, the mean to a millionth of what is between them. All else is exact.
 *
 * <p>Column by column, as differences to the hour before, so that what stays the same is a run of zeros.
 */
final class DayBody {

    private static final int FORMAT = 1;
    private static final int LEVEL = 19;
    private static final int MOST_BYTES = 1 << 20;
    private static final int DECIMALS_MOST = 22;
    private static final double LARGEST_DIGITS = 4e12;
    /** As many as a byte tells apart. */
    private static final double MIN_STEPS = (1 << 7) - 1;
    /** As many as three bytes tell apart. */
    private static final double MEAN_STEPS = (1 << 21) - 1;
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
        hours.forEach(hour -> out.write(decimals(hour.max())));
        hours.forEach(hour -> amount(hour.max(), out));
        hours.forEach(hour -> out.varint(hour.bins()));
        Difference bin = new Difference(out);
        hours.stream().filter(hour -> hour.bins() > 0).forEach(hour -> bin.write(hour.bin(0)));
        for (UsageHour hour : hours) {
            for (int i = 1; i < hour.bins(); i++) {
                out.varint((long) (hour.bin(i) - hour.bin(i - 1) - 1) << 1 | (hour.binCount(i) > 1 ? 1 : 0));
            }
        }
        for (UsageHour hour : hours) {
            for (int i = 0; i < hour.bins(); i++) {
                if (i == 0 || hour.binCount(i) > 1) {
                    out.varint(hour.binCount(i));
                }
            }
        }
        double[] minima = hours.stream()
                .mapToDouble(hour -> {
                    int[] bins = hour.binIndexes();
                    double low = binLow(hour.zeros(), bins, hour.max());
                    double high = binHigh(hour.zeros(), bins, hour.max());
                    return fraction(hour.min(), low, high, MIN_STEPS, out);
                })
                .toArray();
        for (int i = 0; i < minima.length; i++) {
            UsageHour hour = hours.get(i);
            fraction(hour.sum() / hour.count(), minima[i], hour.max(), MEAN_STEPS, out);
        }
    }

    /** The lowest amount lies in the lowest bin, and is the highest one where there is only one. */
    private static double binLow(long zeros, int[] bins, double max) {
        return zeros > 0 || bins.length == 0 ? 0 : Math.min(max, UsageHour.lowerEnd(bins[0]));
    }

    private static double binHigh(long zeros, int[] bins, double max) {
        return zeros > 0 || bins.length == 0 ? 0 : Math.min(max, UsageHour.upperEnd(bins[0]));
    }

    /**
     * Writes how far an amount is on the way from one to another, nothing when there is no way; answers the amount as it will
     * be read.
     */
    private static double fraction(double amount, double low, double high, double steps, ByteWriter out) {
        if (!(high > low)) {
            return high;
        }
        long step = Math.round(Math.min(Math.max((amount - low) / (high - low), 0), 1) * steps);
        out.varint(step);
        return at(step, low, high, steps);
    }

    private static double at(long step, double low, double high, double steps) {
        return Math.min(high, low + step / steps * (high - low));
    }

    private static double readFraction(double low, double high, double steps, ByteReader in) {
        return high > low ? at(in.varint(), low, high, steps) : high;
    }

    /** How many decimals an amount has, which samples mostly are of few; more than any when it is no short decimal. */
    private static int decimals(double amount) {
        double scale = 1;
        for (int decimals = 0; decimals <= DECIMALS_MOST; decimals++, scale *= 10) {
            double whole = Math.rint(amount * scale);
            if (whole > LARGEST_DIGITS) {
                break;
            }
            if (whole / scale == amount) {
                return decimals;
            }
        }
        return DECIMALS_MOST + 1;
    }

    private static void amount(double amount, ByteWriter out) {
        int decimals = decimals(amount);
        if (decimals > DECIMALS_MOST) {
            out.eight(Double.doubleToLongBits(amount));
        } else {
            out.varint((long) Math.rint(amount * scale(decimals)));
        }
    }

    private static double scale(int decimals) {
        double scale = 1;
        for (int i = 0; i < decimals; i++) {
            scale *= 10;
        }
        return scale;
    }

    private static double readAmount(int decimals, ByteReader in) {
        return decimals > DECIMALS_MOST ? Double.longBitsToDouble(in.eight()) : in.varint() / scale(decimals);
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
        int[] decimals = new int[size];
        for (int i = 0; i < size; i++) {
            decimals[i] = in.read();
        }
        for (int i = 0; i < size; i++) {
            maxima[i] = readAmount(decimals[i], in);
        }
        int[][] bins = new int[size][];
        for (int i = 0; i < size; i++) {
            bins[i] = new int[in.count()];
        }
        long[][] held = readBins(bins, in);
        for (int i = 0; i < size; i++) {
            double low = binLow(zeros[i], bins[i], maxima[i]);
            minima[i] = readFraction(low, binHigh(zeros[i], bins[i], maxima[i]), MIN_STEPS, in);
        }
        for (int i = 0; i < size; i++) {
            means[i] = readFraction(minima[i], maxima[i], MEAN_STEPS, in);
        }
        List<UsageHour> hours = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
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
                    bins[i],
                    held[i]));
        }
        return hours;
    }

    /** Fills in the bins of each hour; answers how much each of them holds. */
    private static long[][] readBins(int[][] bins, ByteReader in) {
        long first = 0;
        for (int[] of : bins) {
            if (of.length > 0) {
                first += Chunk.unfolded(in.varint());
                of[0] = (int) first;
            }
        }
        long[][] held = new long[bins.length][];
        for (int i = 0; i < bins.length; i++) {
            held[i] = new long[bins[i].length];
            for (int b = 1; b < bins[i].length; b++) {
                long step = in.varint();
                bins[i][b] = bins[i][b - 1] + 1 + (int) (step >>> 1);
                held[i][b] = (step & 1) == 0 ? 1 : 0; // more are told below
            }
        }
        for (long[] of : held) {
            for (int b = 0; b < of.length; b++) {
                of[b] = of[b] == 0 ? in.varint() : 1;
            }
        }
        return held;
    }
}
