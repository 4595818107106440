package io.regrade.intake.manifest.software;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What options of a Java virtual machine say of the memory it takes. */
final class JvmOptions {

    private static final double GIB = 1L << 30;
    /** Also as the default of a variable: {@code -Xmx${HEAP:-4g}}. */
    private static final Pattern HEAP =
            Pattern.compile("-(?:Xmx|XX:MaxHeapSize=)(?:\\$\\{\\w+:-)?([0-9]{1,15})([kKmMgGtT]?)");

    private static final Pattern DIRECT =
            Pattern.compile("-XX:MaxDirectMemorySize=(?:\\$\\{\\w+:-)?([0-9]{1,15})([kKmMgGtT]?)");

    private JvmOptions() {}

    /** The largest heap, and memory outside of it, that a line allows, GiB; 0 when it says nothing. The JVM takes more. */
    static double memoryGib(String line) {
        double heap = amount(HEAP, line);
        return heap == 0 ? 0 : heap + amount(DIRECT, line);
    }

    private static double amount(Pattern option, String line) {
        double last = 0; // of two options the later counts
        Matcher found = option.matcher(line);
        while (found.find()) {
            last = Double.parseDouble(found.group(1)) * unit(found.group(2)) / GIB;
        }
        return last;
    }

    private static double unit(String suffix) {
        return switch (suffix.toLowerCase(Locale.ROOT)) {
            case "k" -> 1 << 10;
            case "m" -> 1 << 20;
            case "g" -> 1 << 30;
            case "t" -> 1L << 40;
            default -> 1;
        };
    }
}
