package io.regrade.ledger.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import java.util.List;

/** Makes of what {@link Packing} wrote the very body again. Used once. */
final class Unpacking {

    private final Vocabulary vocabulary;
    private final Seen seen;
    private final ByteReader steps;
    private final ByteReader references;
    private final ByteReader facts;
    private final ByteReader own;
    private final ByteWriter json = new ByteWriter();

    private Unpacking(byte[] packed, Vocabulary vocabulary, List<byte[]> context) {
        ByteReader in = new ByteReader(packed);
        this.vocabulary = vocabulary;
        this.seen = new Seen(context);
        this.steps = in.part();
        this.references = in.part();
        this.facts = in.part();
        this.own = in.part();
    }

    static byte[] unpack(byte[] packed, Vocabulary vocabulary, List<byte[]> context) {
        Unpacking unpacking = new Unpacking(packed, vocabulary, context);
        while (unpacking.next()) {
            // until it says that it ends
        }
        return unpacking.json.bytes();
    }

    private boolean next() {
        int phrase = steps.count();
        json.write(phrase == 0 ? own.block() : vocabulary.phrases().get(phrase - 1));
        int form = steps.read();
        switch (form) {
            case Form.END -> {
                return false;
            }
            case Form.NEXT_FACT -> fact(seen.fact() + 1);
            case Form.FACT -> fact(facts.count());
            case Form.SAME_AMOUNT -> json.write(seen.amount(references.count()).text());
            case Form.AMOUNT_IN_SENTENCE ->
                json.write(seen.amount(references.count()).inSentence().text());
            case Form.AMOUNT -> amount();
            case Form.SAME_NAME -> json.write(seen.names().get(references.count()));
            case Form.KNOWN_NAME -> name(vocabulary.names().get(references.count()));
            case Form.NAME -> name(own.block());
            case Form.MOMENT -> name(Moments.text(own.varint()));
            case Form.HEX_16 -> name(hex("", 16));
            case Form.HEX_32 -> name(hex("", 32));
            case Form.SHA_256 -> name(hex("sha256:", 32));
            case Form.BINS -> json.write(Bins.text(Bins.read(own, vocabulary.grid())));
            case Form.TEXT -> json.write(own.block());
            default -> throw new DamagedPackException("form " + form + " is not known");
        }
        return true;
    }

    private void fact(int number) {
        json.write(("\"f" + number + "\"").getBytes(US_ASCII));
        seen.fact(number);
    }

    private void amount() {
        int scale = own.read();
        Amount amount = new Amount(own.varint(), scale);
        json.write(amount.text());
        seen.add(amount);
    }

    private void name(byte[] name) {
        json.write(name);
        seen.names().add(name, 0, name.length);
    }

    private byte[] hex(String prefix, int bytes) {
        return (prefix + HexFormat.of().formatHex(own.read(bytes))).getBytes(US_ASCII);
    }
}
