package io.regrade.ledger.pack;

/** How something that varies is written. The numbers are part of the stored form: only ever add to them. */
final class Form {

    static final int END = 0;
    /** The fact after the highest one so far. */
    static final int NEXT_FACT = 1;

    static final int FACT = 2;
    /** A number that was there before. */
    static final int SAME_AMOUNT = 3;
    /** A number that was there before, as sentences write it. */
    static final int AMOUNT_IN_SENTENCE = 4;

    static final int AMOUNT = 5;
    static final int SAME_NAME = 6;
    static final int KNOWN_NAME = 7;
    static final int NAME = 8;
    /** 16 bytes as 32 hexadecimal digits. */
    static final int HEX_16 = 9;
    /** 32 bytes as 64 hexadecimal digits. */
    static final int HEX_32 = 10;

    static final int SHA_256 = 11;
    static final int BINS = 12;
    /** Text that fits no other form. */
    static final int TEXT = 13;
    /** A moment, in milliseconds since 1970. */
    static final int MOMENT = 14;

    private Form() {}
}
