package io.regrade.intake.manifest.software;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;
import io.regrade.intake.manifest.machine.Units;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads units of systemd: what is reserved for them ({@code MemoryMin=}, {@code MemoryLow=}), the conditions under
 * which they start, and the heap of a Java virtual machine that they start. Upper limits are notes: they need nothing.
 */
public final class SystemdReader implements ManifestReader {

    private static final Pattern SECTION =
            Pattern.compile("^\\[(?:Unit|Service|Install|Slice|Scope|Socket|Timer|Mount|Path|Container)]\\s*$");
    private static final Pattern SETTING = Pattern.compile("^\\s*([A-Za-z]+)\\s*=\\s*(.*)$");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([KMGTPE]?)B?");
    private static final Pattern LEAST = Pattern.compile("\\s*(?:>=|=)?\\s*([0-9]{1,9})\\s*");
    private static final Pattern LEAST_SIZE = Pattern.compile("\\s*(?:>=|=)?\\s*([0-9]{1,18}[KMGTPE]?)\\s*");
    private static final Map<String, String> SECURITY = Map.of(
            "selinux", "selinux",
            "uefi-secureboot", "secure-boot",
            "tpm2", "tpm",
            "cvm", "confidential");

    @Override
    public Format format() {
        return Format.SYSTEMD;
    }

    @Override
    public boolean recognises(Glance glance) {
        return !glance.isBinary() && glance.hasLine(SECTION);
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        Findings.Module module = findings.module(Names.ofFile(source.name()), null, source.line(1));
        long line = 0;
        StringBuilder logical = new StringBuilder();
        long begins = 1;
        for (String text : source.text().value().lines().toList()) {
            line++;
            if (logical.isEmpty()) {
                begins = line;
            }
            if (text.endsWith("\\") && !text.stripLeading().startsWith("#")) {
                logical.append(text, 0, text.length() - 1).append(' ');
                continue;
            }
            logical.append(text);
            Matcher setting = SETTING.matcher(logical);
            if (setting.matches()) {
                setting(setting.group(1), setting.group(2).strip(), source.line(begins), module, findings);
            }
            logical.setLength(0);
        }
    }

    private static void setting(String key, String value, Place place, Findings.Module module, Findings findings) {
        switch (key) {
            case "MemoryMin", "MemoryLow" -> module.atLeast(Resource.MEMORY, gib(value), place);
            case "MemoryMax", "MemoryHigh", "CPUQuota", "AllowedCPUs", "TasksMax", "IOReadBandwidthMax" -> {
                if (!value.isEmpty() && !value.equals("infinity")) {
                    findings.note("is held to " + key + "=" + ManifestException.shorten(value), place);
                }
            }
            case "ConditionMemory", "AssertMemory" -> {
                Matcher least = LEAST_SIZE.matcher(value);
                if (least.matches()) {
                    module.atLeast(Resource.MEMORY, gib(least.group(1)), place);
                }
            }
            case "ConditionCPUs", "AssertCPUs" -> {
                Matcher least = LEAST.matcher(value);
                if (least.matches()) {
                    module.atLeast(Resource.CPU, Units.number(least.group(1)), place);
                }
            }
            case "ConditionArchitecture", "AssertArchitecture" -> {
                if (!value.startsWith("!") && !value.startsWith("|") && !value.equals("native")) {
                    module.equal(Attribute.ARCH, Platforms.arch(value), place);
                }
            }
            case "ConditionSecurity", "AssertSecurity" -> module.equal(Attribute.FEATURE, SECURITY.get(value), place);
            case "DeviceAllow" -> {
                if (value.startsWith("/dev/nvidia") || value.startsWith("char-nvidia")) {
                    module.atLeast(Resource.GPU, 1, place);
                }
            }
            case "ExecStart", "Environment" -> module.atLeast(Resource.MEMORY, JvmOptions.memoryGib(value), place);
            default -> {
                // says nothing of what a machine must have
            }
        }
    }

    private static double gib(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Double.NaN;
        }
        int power =
                "KMGTPE".indexOf(size.group(2).isEmpty() ? '?' : size.group(2).charAt(0)) + 1;
        return Double.parseDouble(size.group(1)) * Math.pow(1024, power) / Units.GIB;
    }
}
