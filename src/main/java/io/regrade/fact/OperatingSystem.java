package io.regrade.fact;

import java.util.Locale;
import java.util.Set;

/**
 * An operating system as {@code family-version}, such as {@code rhel-7.9}; {@code linux} when only that is known.
 *
 * @param family lower-case family, such as {@code rhel}, {@code ubuntu}, {@code windows} or {@code linux}
 * @param version dotted version, empty when not known
 */
public record OperatingSystem(String family, String version) {

    private static final Set<String> NOT_LINUX =
            Set.of("windows", "macos", "freebsd", "openbsd", "netbsd", "solaris", "aix");
    /** Families whose releases are told apart by two numbers, such as 22.04 and 22.10. */
    private static final Set<String> TWO_PART_RELEASES = Set.of("ubuntu", "alpine", "macos");

    /**
     * Reads {@code family-version} or {@code family}.
     *
     * @throws IllegalArgumentException when the text is blank or has no family
     */
    public static OperatingSystem parse(String text) {
        String os = text.strip().toLowerCase(Locale.ROOT);
        int digit = 0;
        while (digit < os.length()
                && !(digit > 0 && os.charAt(digit - 1) == '-' && Character.isDigit(os.charAt(digit)))) {
            digit++;
        }
        String family = digit < os.length() ? os.substring(0, digit - 1) : os;
        if (family.isEmpty() || family.endsWith("-") || family.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "`" + text + "` is not an operating system. Maybe `family-version`, such as `rhel-9.4`");
        }
        return new OperatingSystem(family, digit < os.length() ? os.substring(digit) : "");
    }

    /** Whether this belongs to the Linux family. */
    public boolean isLinux() {
        return !NOT_LINUX.contains(family);
    }

    /** The release line whose support ends on one day: {@code rhel-7} of {@code rhel-7.9}, {@code ubuntu-22.04}. */
    public String series() {
        if (version.isEmpty()) {
            return family;
        }
        int end = version.indexOf('.');
        if (end >= 0 && TWO_PART_RELEASES.contains(family)) {
            end = version.indexOf('.', end + 1);
        }
        return family + "-" + (end < 0 ? version : version.substring(0, end));
    }

    /**
     * Whether a machine offered with this operating system can run the other: {@code linux} takes any Linux, {@code
     * rhel} any release of its family, and {@code rhel-9} also {@code rhel-9.4}.
     */
    public boolean canRun(OperatingSystem other) {
        if (version.isEmpty() && family.equals("linux")) {
            return other.isLinux();
        }
        return family.equals(other.family)
                && (version.isEmpty() || version.equals(other.version) || other.version.startsWith(version + "."));
    }

    /** Compares versions number by number; only systems of one family compare. */
    public boolean isAtLeast(OperatingSystem other) {
        return family.equals(other.family) && !version.isEmpty() && compareVersions(version, other.version) >= 0;
    }

    /** Negative, zero or positive as the dotted version a is older than, the same as or newer than b. */
    static int compareVersions(String a, String b) {
        String[] left = a.split("[.-]");
        String[] right = b.split("[.-]");
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            String x = i < left.length ? left[i] : "0";
            String y = i < right.length ? right[i] : "0";
            int order =
                    isNumber(x) && isNumber(y) ? Long.compare(Long.parseLong(x), Long.parseLong(y)) : x.compareTo(y);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.length() < 18 && part.chars().allMatch(Character::isDigit);
    }

    @Override
    public String toString() {
        return version.isEmpty() ? family : family + "-" + version;
    }
}
