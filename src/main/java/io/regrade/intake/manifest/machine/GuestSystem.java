package io.regrade.intake.manifest.machine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A guest's operating system and architecture, by the names that hypervisors give them. Each is null when a name does
 * not tell it.
 *
 * @param os {@code family-version}, such as {@code rhel-7}
 * @param arch architecture such as {@code x86_64}; guests of 32 bits run on it too
 */
record GuestSystem(@Nullable String os, @Nullable String arch) {

    static final GuestSystem UNKNOWN = new GuestSystem(null, null);
    private static final String X86_64 = "x86_64";

    /** VMware's guest ids without {@code Guest} and the mark for 64 bits: a family and perhaps a release. */
    private static final Pattern VMWARE = Pattern.compile("([a-z]+?)(\\d+)?(?:x)?");

    private static final Map<String, String> VMWARE_FAMILIES = Map.ofEntries(
            Map.entry("rhel", "rhel"),
            Map.entry("centos", "centos"),
            Map.entry("ubuntu", "ubuntu"),
            Map.entry("debian", "debian"),
            Map.entry("fedora", "fedora"),
            Map.entry("sles", "sles"),
            Map.entry("suse", "sles"),
            Map.entry("opensuse", "opensuse"),
            Map.entry("oraclelinux", "oracle"),
            Map.entry("rockylinux", "rocky"),
            Map.entry("almalinux", "almalinux"),
            Map.entry("amazonlinux", "amzn"),
            Map.entry("freebsd", "freebsd"),
            Map.entry("solaris", "solaris"),
            Map.entry("darwin", "macos"),
            Map.entry("linux", "linux"));
    private static final Map<String, String> VMWARE_WINDOWS = windows();

    private static Map<String, String> windows() {
        Map<String, String> names = new LinkedHashMap<>(); // the longest first: they begin alike
        names.put("windows2022srv", "windows-2022");
        names.put("windows2019srv", "windows-2019");
        names.put("windows9server", "windows-2016");
        names.put("windows9srv", "windows-2016");
        names.put("windows8server", "windows-2012");
        names.put("windows8srv", "windows-2012");
        names.put("windows7server", "windows-2008r2");
        names.put("windows7srv", "windows-2008r2");
        names.put("winlonghorn", "windows-2008");
        names.put("longhorn", "windows-2008");
        names.put("winnet", "windows-2003");
        names.put("win2000", "windows-2000");
        names.put("winxp", "windows-xp");
        names.put("windows12", "windows");
        names.put("windows11", "windows-11");
        names.put("windows9", "windows-10");
        names.put("windows8", "windows-8");
        names.put("windows7", "windows-7");
        names.put("win", "windows");
        return names;
    }

    /** CIM_OperatingSystem.OSType, as {@code ovf:id} gives it; those that are still met. */
    private static final Map<String, GuestSystem> CIM = Map.ofEntries(
            Map.entry("36", new GuestSystem("linux", null)),
            Map.entry("67", new GuestSystem("windows-xp", null)),
            Map.entry("69", new GuestSystem("windows-2003", null)),
            Map.entry("70", new GuestSystem("windows-2003", X86_64)),
            Map.entry("76", new GuestSystem("windows-2008", null)),
            Map.entry("77", new GuestSystem("windows-2008", X86_64)),
            Map.entry("79", new GuestSystem("rhel", null)),
            Map.entry("80", new GuestSystem("rhel", X86_64)),
            Map.entry("84", new GuestSystem("sles", null)),
            Map.entry("85", new GuestSystem("sles", X86_64)),
            Map.entry("93", new GuestSystem("ubuntu", null)),
            Map.entry("94", new GuestSystem("ubuntu", X86_64)),
            Map.entry("95", new GuestSystem("debian", null)),
            Map.entry("96", new GuestSystem("debian", X86_64)),
            Map.entry("99", new GuestSystem("linux", null)),
            Map.entry("100", new GuestSystem("linux", X86_64)),
            Map.entry("101", new GuestSystem("linux", X86_64)),
            Map.entry("102", new GuestSystem(null, X86_64)),
            Map.entry("103", new GuestSystem("windows-2008r2", X86_64)),
            Map.entry("106", new GuestSystem("centos", null)),
            Map.entry("107", new GuestSystem("centos", X86_64)),
            Map.entry("108", new GuestSystem("oracle", null)),
            Map.entry("109", new GuestSystem("oracle", X86_64)),
            Map.entry("115", new GuestSystem("windows-2012r2", X86_64)),
            Map.entry("116", new GuestSystem("windows-2016", X86_64)));

    private static final Pattern OSINFO = Pattern.compile("https?://[^/]+/([a-z0-9._-]+)(?:/([a-z0-9._-]+))?");
    private static final Map<String, String> OSINFO_FAMILIES =
            Map.of("win", "windows", "ol", "oracle", "macosx", "macos", "suse", "sles");

    /** By VMware's id, such as {@code rhel7_64Guest} of OVF or {@code rhel7-64} of VMX. */
    static GuestSystem vmware(String id) {
        String plain = id.strip().toLowerCase(Locale.ROOT);
        boolean arm = plain.startsWith("arm-");
        boolean wide = plain.contains("64");
        String name = plain.replaceFirst("^arm-", "").replaceFirst("guest$", "").replaceFirst("[-_]?64$", "");
        return new GuestSystem(vmwareOs(name), arm ? "arm64" : wide ? X86_64 : null);
    }

    private static @Nullable String vmwareOs(String name) {
        for (Map.Entry<String, String> windows : VMWARE_WINDOWS.entrySet()) {
            if (name.startsWith(windows.getKey())) {
                return windows.getValue();
            }
        }
        if (name.startsWith("other") && (name.contains("linux"))) {
            return "linux";
        }
        Matcher found = VMWARE.matcher(name);
        String family = found.matches() ? VMWARE_FAMILIES.get(found.group(1)) : null;
        return family == null ? null : family + (found.group(2) == null ? "" : "-" + found.group(2));
    }

    /** By the number that {@code ovf:id} gives; a version of it may be given beside. */
    static GuestSystem cim(@Nullable String id, @Nullable String version) {
        GuestSystem known = id == null ? UNKNOWN : CIM.getOrDefault(id.strip(), UNKNOWN);
        boolean adds = known.os != null
                && !known.os.equals("linux")
                && !known.os.startsWith("windows")
                && version != null
                && version.matches("[0-9][0-9.]{0,10}");
        return adds ? new GuestSystem(known.os + "-" + version, known.arch) : known;
    }

    /** By the id of libosinfo, such as {@code http://redhat.com/rhel/7.0}. */
    static @Nullable String osinfo(String id) {
        Matcher found = OSINFO.matcher(id.strip().toLowerCase(Locale.ROOT));
        if (!found.matches()) {
            return null;
        }
        String family = OSINFO_FAMILIES.getOrDefault(found.group(1), found.group(1));
        String version = found.group(2);
        if (family.equals("linux") || version == null || !Character.isDigit(version.charAt(0))) {
            return family;
        }
        Matcher windows = Pattern.compile("2k(\\d+)(r2)?").matcher(version);
        if (windows.matches()) {
            String two = windows.group(1).length() == 1 ? "0" + windows.group(1) : windows.group(1);
            return family + "-20" + two + (windows.group(2) == null ? "" : "r2");
        }
        return family + "-" + version;
    }

    /** An architecture as Regrade writes it: {@code arm64} for {@code aarch64}, {@code x86_64} for 32-bit x86 too. */
    static String arch(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        return switch (plain) {
            case "aarch64", "arm64" -> "arm64";
            case "amd64", "x86_64", "x86-64", "i386", "i486", "i586", "i686" -> X86_64;
            default -> plain;
        };
    }
}
