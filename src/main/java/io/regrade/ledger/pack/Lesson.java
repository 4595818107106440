package io.regrade.ledger.pack;

import io.regrade.ledger.pack.Scan.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Learns of bodies what they have in common: what is in two of them or more. Used once. */
final class Lesson {

    private static final int MOST_WORDS = 8192;
    private static final int MOST_BYTES = 192 << 10;

    /** In how many bodies something is, and how often in all. */
    private static final class Count {
        private int bodies;
        private int times;
        private int lastBody = -1;

        void in(int body) {
            times++;
            bodies += lastBody == body ? 0 : 1;
            lastBody = body;
        }
    }

    private final Map<ByteBuffer, Count> phrases = new HashMap<>();
    private final Map<ByteBuffer, Count> names = new HashMap<>();
    private final TreeSet<Double> values = new TreeSet<>();

    static Vocabulary of(List<byte[]> bodies) {
        Lesson lesson = new Lesson();
        for (int i = 0; i < bodies.size(); i++) {
            lesson.read(bodies.get(i), i);
        }
        return new Vocabulary(common(lesson.phrases), common(lesson.names), lesson.grid());
    }

    private void read(byte[] json, int body) {
        Scan.of(json, (from, to, kind, start, end) -> {
            count(phrases, json, from, to, body);
            if (kind == Kind.NAME) {
                count(names, json, start, end, body);
            } else if (kind == Kind.BINS) {
                double[] numbers = Bins.read(json, start, end);
                for (int i = 0; numbers != null && i < numbers.length; i += 2) {
                    values.add(numbers[i]);
                }
            }
        });
    }

    private static void count(Map<ByteBuffer, Count> counts, byte[] json, int from, int to, int body) {
        counts.computeIfAbsent(ByteBuffer.wrap(json, from, to - from), word -> new Count())
                .in(body);
    }

    /** The words of two bodies or more, those that come most often first, so that their numbers are short. */
    private static Words common(Map<ByteBuffer, Count> counts) {
        List<Map.Entry<ByteBuffer, Count>> entries = new ArrayList<>(counts.entrySet());
        entries.removeIf(entry -> entry.getValue().bodies < 2);
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
        return values.stream()
                .mapToDouble(Double::doubleValue)
                .limit(MOST_WORDS)
                .toArray();
    }
}
