package io.regrade.ledger.pack;

import io.regrade.ledger.pack.Scan.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns of bodies what they have in common: what those of several machines have, or of several of whatever they tell of. So
 * nothing is learnt that only one of them says, however often, and nothing that must not be. Used once.
 */
final class Lesson {

    private static final int MOST_WORDS = 8192;
    private static final int MOST_BYTES = 192 << 10;
    /** So many have to have something in common. */
    private static final int SEVERAL = 3;

    /** Whose bodies something is in, as many of them as matter, and how often it is there in all. */
    private static final class Count {
        private final String[] whose = new String[SEVERAL];
        private int different;
        private int times;

        void in(Sample sample) {
            times++;
            if (different == SEVERAL) {
                return;
            }
            for (int i = 0; i < different; i++) {
                if (whose[i].equals(sample.of())) {
                    return;
                }
            }
            whose[different++] = sample.of();
        }

        boolean isCommon() {
            return different == SEVERAL;
        }
    }

    private final Map<ByteBuffer, Count> phrases = new HashMap<>();
    private final Map<ByteBuffer, Count> names = new HashMap<>();
    private final Map<ByteBuffer, Count> numbers = new HashMap<>();
    private final Map<Double, Count> values = new TreeMap<>();

    Lesson(List<Sample> samples) {
        samples.forEach(this::read);
    }

    Vocabulary vocabulary() {
        return new Vocabulary(common(phrases), common(names), grid());
    }

    /** Whether several say a number. */
    boolean isCommon(byte[] json, int from, int to) {
        Count count = numbers.get(ByteBuffer.wrap(json, from, to - from));
        return count != null && count.isCommon();
    }

    private void read(Sample sample) {
        byte[] json = sample.json();
        Untold untold = Untold.in(json, sample.untold());
        Scan.of(json, (from, to, kind, start, end) -> {
            if (!untold.isBetween(from, to)) {
                count(phrases, ByteBuffer.wrap(json, from, to - from), sample);
            }
            if (kind == Kind.NAME && !untold.isBetween(start, end)) {
                count(names, ByteBuffer.wrap(json, start, end - start), sample);
            } else if (kind == Kind.NUMBER && !untold.isBetween(start, end)) {
                count(numbers, ByteBuffer.wrap(json, start, end - start), sample);
            } else if (kind == Kind.BINS) {
                double[] numbers = Bins.read(json, start, end);
                for (int i = 0; numbers != null && i < numbers.length; i += 2) {
                    count(values, numbers[i], sample);
                }
            }
        });
    }

    private static <T> void count(Map<T, Count> counts, T word, Sample sample) {
        counts.computeIfAbsent(word, key -> new Count()).in(sample);
    }

    /** The words that are common, those that come most often first, so that their numbers are short. */
    private static Words common(Map<ByteBuffer, Count> counts) {
        List<Map.Entry<ByteBuffer, Count>> entries = new ArrayList<>(counts.entrySet());
        entries.removeIf(entry -> !entry.getValue().isCommon());
        entries.sort(Map.Entry.<ByteBuffer, Count>comparingByValue((a, b) -> Integer.compare(b.times, a.times))
                .thenComparing(Map.Entry.comparingByKey()));
        List<byte[]> words = new ArrayList<>();
        int bytes = 0;
        for (Map.Entry<ByteBuffer, Count> entry : entries) {
            ByteBuffer word = entry.getKey();
            bytes += word.remaining();
            if (words.size() == MOST_WORDS || bytes > MOST_BYTES) {
                break;
            }
            byte[] copy = new byte[word.remaining()];
            word.duplicate().get(copy);
            words.add(copy);
        }
        return Words.of(words);
    }

    private double[] grid() {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().isCommon())
                .mapToDouble(Map.Entry::getKey)
                .limit(MOST_WORDS)
                .toArray();
    }
}
