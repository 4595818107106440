package io.regrade.intake.manifest.machine;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of memory and storage as descriptors write them, in GiB. NaN where a text says no amount. */
public final class Units {

    /** Bytes of a GiB. */
    public static final double GIB = 1L << 30;

    private static final int MAX_UNIT = 100;

    /** {@code byte * 2^20}, {@code byte*1024*1024}, as DSP0004 writes programmatic units. */
    private static final Pattern PROGRAMMATIC =
            Pattern.compile("bytes?((?:\\*(?:\\d+\\^-?\\d+|\\d+))*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern QUANTITY = Pattern.compile("([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([a-zA-Z]*)");
    private static final Map<String, Double> WORDS = Map.ofEntries(
            Map.entry("b", 1.0),
            Map.entry("byte", 1.0),
            Map.entry("bytes", 1.0),
            Map.entry("kb", 1e3),
            Map.entry("k", 1024.0),
            Map.entry("kib", 1024.0),
            Map.entry("kilobytes", 1024.0),
            Map.entry("mb", 1e6),
            Map.entry("m", 0x1p20),
            Map.entry("mib", 0x1p20),
            Map.entry("megabytes", 0x1p20),
            Map.entry("gb", 1e9),
            Map.entry("g", 0x1p30),
            Map.entry("gib", 0x1p30),
            Map.entry("gigabytes", 0x1p30),
            Map.entry("tb", 1e12),
            Map.entry("t", 0x1p40),
            Map.entry("tib", 0x1p40));
    private static final Map<String, Double> KUBERNETES = Map.ofEntries(
            Map.entry("", 1.0),
            Map.entry("m", 1e-3),
            Map.entry("k", 1e3),
            Map.entry("M", 1e6),
            Map.entry("G", 1e9),
            Map.entry("T", 1e12),
            Map.entry("P", 1e15),
            Map.entry("E", 1e18),
            Map.entry("Ki", 0x1p10),
            Map.entry("Mi", 0x1p20),
            Map.entry("Gi", 0x1p30),
            Map.entry("Ti", 0x1p40),
            Map.entry("Pi", 0x1p50),
            Map.entry("Ei", 0x1p60));

    private Units() {}

    /** Bytes of one unit of an OVF descriptor; NaN when the unit is not known. {@code MegaBytes} is how OVF 0.9 says it. */
    static double ovfBytes(String unit) {
        if (unit.length() > MAX_UNIT) {
            return Double.NaN;
        }
        String plain = unit.replaceAll("\\s+", "");
        Double word = WORDS.get(plain.toLowerCase(Locale.ROOT));
        if (word != null) {
            return word;
        }
        Matcher found = PROGRAMMATIC.matcher(plain);
        if (!found.matches()) {
            return Double.NaN;
        }
        double bytes = 1;
        for (String factor : found.group(1).split("\\*")) {
            if (!factor.isEmpty()) {
                int power = factor.indexOf('^');
                bytes *= power < 0
                        ? Double.parseDouble(factor)
                        : Math.pow(
                                Double.parseDouble(factor.substring(0, power)),
                                Double.parseDouble(factor.substring(power + 1)));
            }
        }
        return bytes;
    }

    /** Bytes of one unit of libvirt, where {@code KB} is 1000 and {@code KiB} and {@code k} are 1024. */
    static double libvirtBytes(@Nullable String unit, double without) {
        return unit == null ? without : WORDS.getOrDefault(unit.strip().toLowerCase(Locale.ROOT), Double.NaN);
    }

    /** A Kubernetes quantity such as {@code 1500m}, {@code 2Gi} or {@code 1e3}, in its base unit. */
    public static double quantity(String text) {
        Matcher found = QUANTITY.matcher(text.strip());
        Double factor = found.matches() ? KUBERNETES.get(found.group(2)) : null;
        return factor == null ? Double.NaN : number(found.group(1)) * factor;
    }

    /** A number that is zero or more and finite, else NaN. */
    public static double number(@Nullable String text) {
        if (text == null || text.isBlank() || text.length() > 40) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text.strip());
            return number >= 0 && !Double.isInfinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
