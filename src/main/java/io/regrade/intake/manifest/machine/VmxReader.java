package io.regrade.intake.manifest.machine;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads VMware's {@code .vmx} files: {@code key = "value"} lines, whose keys are told apart whatever their case. */
public final class VmxReader implements ManifestReader {

    private static final Pattern LINE = Pattern.compile("\\s*([\\w.:-]+)\\s*=\\s*\"([^\"]*)\"\\s*");
    private static final Pattern KNOWN =
            Pattern.compile("(?i)^\\s*(?:config\\.version|virtualHW\\.version|guestOS|memsize)\\s*=\\s*\"");
    private static final double MIB_OF_GIB = 1024;

    /** A value and where it stands. */
    private record Value(String text, Place place) {}

    @Override
    public Format format() {
        return Format.VMX;
    }

    @Override
    public boolean recognises(Glance glance) {
        return !glance.isBinary() && glance.hasLine(KNOWN);
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        Map<String, Value> values = values(source);
        String name = text(values, "displayname") == null ? "" : String.valueOf(text(values, "displayname"));
        amount(findings, name, Resource.CPU, values.get("numvcpus"), 1, 1, source);
        amount(findings, name, Resource.MEMORY, values.get("memsize"), MIB_OF_GIB, Double.NaN, source);
        Value guest = values.get("guestos");
        if (guest != null) {
            GuestSystem system = GuestSystem.vmware(guest.text());
            findings.text(name, Attribute.OS, system.os(), guest.place());
            findings.text(name, Attribute.ARCH, system.arch(), guest.place());
            if (system.os() == null) {
                findings.note(
                        "the system `" + ManifestException.shorten(guest.text()) + "` is not known", guest.place());
            }
        }
        feature(findings, name, values.get("uefi.secureboot.enabled"), "secure-boot");
        feature(findings, name, values.get("vtpm.present"), "tpm");
        feature(findings, name, values.get("vhv.enable"), "nested-virt");
        passedThrough(values, name, findings);
    }

    private static Map<String, Value> values(Source source) {
        Map<String, Value> values = new HashMap<>();
        long[] line = {0};
        source.text().value().lines().forEach(text -> {
            line[0]++;
            Matcher found = LINE.matcher(text);
            if (found.matches()) {
                values.put(found.group(1).toLowerCase(Locale.ROOT), new Value(found.group(2), source.line(line[0])));
            } else if (!text.isBlank() && !text.stripLeading().startsWith("#")) {
                throw new ManifestException(
                        source.line(line[0]),
                        "`" + ManifestException.shorten(text.strip()) + "` is no line of a VMX file. Maybe `key ="
                                + " \"value\"`");
            }
            if (values.size() > source.limits().maxElements()) {
                throw new ManifestException(source.line(line[0]), "there are too many lines");
            }
        });
        return values;
    }

    private static @Nullable String text(Map<String, Value> values, String key) {
        Value value = values.get(key);
        return value == null ? null : value.text();
    }

    private static void amount(
            Findings findings,
            String name,
            Resource resource,
            @Nullable Value value,
            double unit,
            double without,
            Source source) {
        if (value == null) {
            if (!Double.isNaN(without)) {
                findings.amount(name, resource, without, source.line(1));
            }
            return;
        }
        double amount = Units.number(value.text());
        if (Double.isNaN(amount) || amount == 0) {
            findings.note("`" + ManifestException.shorten(value.text()) + "` is no amount", value.place());
        } else {
            findings.amount(name, resource, amount / unit, value.place());
        }
    }

    private static void feature(Findings findings, String name, @Nullable Value value, String feature) {
        if (value != null && value.text().equalsIgnoreCase("true")) {
            findings.text(name, Attribute.FEATURE, feature, value.place());
        }
    }

    private static void passedThrough(Map<String, Value> values, String name, Findings findings) {
        values.entrySet().stream()
                .filter(entry -> entry.getKey().matches("pcipassthru\\d+\\.present")
                        && entry.getValue().text().equalsIgnoreCase("true"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> findings.note(
                        "a device of the host is passed through, which no other machine has for certain",
                        entry.getValue().place()));
    }
}
