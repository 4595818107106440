package io.regrade.fact;

import java.util.Collection;
import java.util.Locale;

/** The levels of the x86-64 instruction set, {@code x86-64-v1} to {@code x86-64-v4} (x86-64 psABI, micro-architectures). */
final class InstructionLevel {

    /** The architecture that has levels. */
    static final String ARCH = "x86_64";

    private static final String PREFIX = "x86-64-v";

    private InstructionLevel() {}

    /** The number of a level; 0 when the name is of none. */
    static int of(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        char number =
                plain.length() == PREFIX.length() + 1 && plain.startsWith(PREFIX) ? plain.charAt(PREFIX.length()) : '0';
        return number >= '1' && number <= '4' ? number - '0' : 0;
    }

    /** The highest level that is among the features; 0 when none is stated. */
    static int of(Collection<String> features) {
        int highest = 0;
        for (String feature : features) {
            highest = Math.max(highest, of(feature));
        }
        return highest;
    }
}
