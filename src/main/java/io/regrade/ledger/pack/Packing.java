package io.regrade.ledger.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.regrade.ledger.pack.Scan.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs one body. Four streams, so that like is beside like: which phrase comes and in which form what follows it is
 * written; what is referred to; numbers of facts; and what is said for the first time. Used once.
 */
final class Packing implements Scan.Sink {

    private static final byte[] SHA = "sha256:".getBytes(US_ASCII);

    private final byte[] json;
    private final Vocabulary vocabulary;
    private final Seen seen;
    private final ByteWriter steps = new ByteWriter();
    private final ByteWriter references = new ByteWriter();
    private final ByteWriter facts = new ByteWriter();
    private final ByteWriter own = new ByteWriter();

    private Packing(byte[] json, Vocabulary vocabulary, List<byte[]> context) {
        this.json = json;
        this.vocabulary = vocabulary;
        this.seen = new Seen(context);
    }

    static byte[] pack(byte[] json, Vocabulary vocabulary, List<byte[]> context) {
        Packing packing = new Packing(json, vocabulary, context);
        Scan.of(json, packing);
        return packing.all();
    }

    /** What packing a sample gives, without what only its machine says: words and numbers that are not common. */
    static byte[] common(Sample sample, Vocabulary vocabulary, Lesson lesson) {
        Packing packing = new Packing(sample.json(), vocabulary, sample.context());
        ByteWriter common = new ByteWriter();
        Scan.of(sample.json(), (from, to, kind, start, end) -> {
            packing.phrase(from, to);
            packing.own.clear();
            packing.varying(kind, start, end);
            if (kind == Kind.NUMBER && lesson.isCommon(sample.json(), start, end)) {
                common.write(packing.own);
            }
        });
        packing.own.clear();
        packing.own.write(common);
        return packing.all();
    }

    private byte[] all() {
        ByteWriter out = new ByteWriter();
        out.block(steps);
        out.block(references);
        out.block(facts);
        out.block(own);
        return out.bytes();
    }

    @Override
    public void next(int from, int to, Kind kind, int start, int end) {
        phrase(from, to);
        varying(kind, start, end);
    }

    private void phrase(int from, int to) {
        int phrase = vocabulary.phrases().find(json, from, to);
        steps.varint(phrase + 1);
        if (phrase == Words.NONE) {
            own.block(json, from, to);
        }
    }

    private void varying(Kind kind, int start, int end) {
        switch (kind) {
            case FACT -> fact(start, end);
            case NUMBER -> amount(start, end);
            case NAME -> name(start, end);
            case BINS -> bins(start, end);
            case END -> steps.write(Form.END);
        }
    }

    private void fact(int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + json[i] - '0';
        }
        if (number == seen.fact() + 1) {
            steps.write(Form.NEXT_FACT);
        } else {
            steps.write(Form.FACT);
            facts.varint(number);
        }
        seen.fact(number);
    }

    private void amount(int start, int end) {
        Amount amount = Amount.of(json, start, end);
        if (amount == null) {
            text(start, end);
            return;
        }
        int place = seen.place(amount);
        if (place != Seen.NONE) {
            refer(Form.SAME_AMOUNT, place);
            return;
        }
        place = seen.placeInSentence(amount);
        if (place != Seen.NONE) {
            refer(Form.AMOUNT_IN_SENTENCE, place);
            return;
        }
        steps.write(Form.AMOUNT);
        own.write(amount.scale());
        own.varint(amount.digits());
        seen.add(amount);
    }

    private void refer(int form, int place) {
        steps.write(form);
        references.varint(place);
    }

    private void name(int start, int end) {
        int hash = Words.hash(json, start, end);
        int place = seen.names().find(json, start, end, hash);
        if (place != Words.NONE) {
            refer(Form.SAME_NAME, place);
            return;
        }
        int known = vocabulary.names().find(json, start, end, hash);
        if (known != Words.NONE) {
            refer(Form.KNOWN_NAME, known);
        } else {
            newName(start, end);
        }
        seen.names().add(json, start, end);
    }

    private void newName(int start, int end) {
        int length = end - start;
        byte[] hex = length == 32 || length == 64 ? hex(start, end) : null;
        if (hex != null) {
            steps.write(length == 32 ? Form.HEX_16 : Form.HEX_32);
            own.write(hex);
            return;
        }
        if (length == SHA.length + 64 && Arrays.equals(json, start, start + SHA.length, SHA, 0, SHA.length)) {
            hex = hex(start + SHA.length, end);
            if (hex != null) {
                steps.write(Form.SHA_256);
                own.write(hex);
                return;
            }
        }
        long moment = Moments.of(json, start, end);
        if (moment != Moments.NONE) {
            steps.write(Form.MOMENT);
            own.varint(moment);
            return;
        }
        steps.write(Form.NAME);
        own.block(json, start, end);
    }

    private byte @Nullable [] hex(int start, int end) {
        for (int i = start; i < end; i++) {
            byte c = json[i];
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return null;
            }
        }
        return HexFormat.of().parseHex(new String(json, start, end - start, US_ASCII));
    }

    private void bins(int start, int end) {
        double[] numbers = Bins.read(json, start, end);
        if (numbers == null) {
            text(start, end);
            return;
        }
        steps.write(Form.BINS);
        Bins.write(numbers, vocabulary.grid(), own);
    }

    private void text(int start, int end) {
        steps.write(Form.TEXT);
        own.block(json, start, end);
    }
}
