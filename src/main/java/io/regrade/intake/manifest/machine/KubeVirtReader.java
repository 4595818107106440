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
import io.regrade.intake.manifest.source.YamlDocuments;
import io.regrade.intake.manifest.source.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads KubeVirt's machines, what makes machines, instance types (which are machines to be had) and preferences, whose
 * {@code requirements} are what a system needs.
 */
public final class KubeVirtReader implements ManifestReader {

    private static final Pattern API = Pattern.compile(
            "^\\s*\"?apiVersion\"?\\s*:\\s*\"?[\\w.-]*(?:kubevirt|konveyor)\\.io/|^\\s*\"?kind\"?\\s*:\\s*\"?VirtualMachine");
    /** Where kinds carry the specification of a machine. */
    private static final Map<String, String[]> MACHINES = Map.of(
            "VirtualMachineInstance", new String[] {"spec"},
            "VirtualMachineInstancePreset", new String[] {"spec"},
            "VirtualMachine", new String[] {"spec", "template", "spec"},
            "VirtualMachineInstanceReplicaSet", new String[] {"spec", "template", "spec"},
            "VirtualMachinePool", new String[] {"spec", "virtualMachineTemplate", "spec", "template", "spec"});

    private static final Set<String> INSTANCE_TYPES =
            Set.of("VirtualMachineInstancetype", "VirtualMachineClusterInstancetype");
    private static final Set<String> PREFERENCES =
            Set.of("VirtualMachinePreference", "VirtualMachineClusterPreference");

    @Override
    public Format format() {
        return Format.KUBEVIRT;
    }

    @Override
    public boolean recognises(Glance glance) {
        return !glance.isBinary() && glance.hasLine(API);
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        List<YamlNode> documents = YamlDocuments.read(source);
        String other = null;
        boolean any = false;
        for (YamlNode document : documents) {
            String kind = Objects.requireNonNullElse(document.text("kind"), "");
            String name = Objects.requireNonNullElse(document.text("metadata", "name"), "");
            if (MACHINES.containsKey(kind)) {
                any = true;
                machine(kind, name, document, findings);
            } else if (INSTANCE_TYPES.contains(kind)) {
                any = true;
                instanceType(name, document, findings);
            } else if (PREFERENCES.contains(kind)) {
                any = true;
                preference(name, document, findings);
            } else if (!kind.isEmpty()) {
                other = kind;
            }
        }
        if (!any) {
            throw source.refused(
                    other == null
                            ? "no `kind` is in it"
                            : "`" + ManifestException.shorten(other) + "` describes no machine");
        }
    }

    private static void machine(String kind, String name, YamlNode document, Findings findings) {
        YamlNode spec = document.at(Objects.requireNonNull(MACHINES.get(kind)));
        YamlNode domain = spec == null ? null : spec.at("domain");
        for (String reference : new String[] {"instancetype", "preference"}) {
            String[] owner = kind.equals("VirtualMachinePool")
                    ? new String[] {"spec", "virtualMachineTemplate", "spec", reference}
                    : new String[] {"spec", reference};
            YamlNode referred = document.at(owner);
            String known = referred == null ? null : referred.text("name");
            if (referred != null && known != null) {
                findings.note(
                        "it refers to the " + reference + " `" + ManifestException.shorten(known)
                                + "`, which another file describes",
                        referred.place());
            }
        }
        storage(name, document, findings);
        if (spec == null || domain == null) {
            return;
        }
        findings.text(name, Attribute.ARCH, arch(spec.text("architecture")), spec.place());
        processors(name, domain, findings);
        memory(name, domain, findings);
        int gpus = domain.list("devices", "gpus").size();
        if (gpus > 0) {
            findings.amount(
                    name,
                    Resource.GPU,
                    gpus,
                    Objects.requireNonNull(domain.at("devices", "gpus")).place());
        }
        features(name, domain, findings);
    }

    private static @Nullable String arch(@Nullable String name) {
        return name == null ? null : GuestSystem.arch(name);
    }

    private static void processors(String name, YamlNode domain, Findings findings) {
        YamlNode cpu = domain.at("cpu");
        if (cpu != null && (cpu.text("cores") != null || cpu.text("sockets") != null || cpu.text("threads") != null)) {
            amount(
                    name,
                    Resource.CPU,
                    count(cpu, "cores") * count(cpu, "sockets") * count(cpu, "threads"),
                    1,
                    cpu.place(),
                    findings);
            return;
        }
        YamlNode asked = requested(domain, "cpu");
        if (asked != null) {
            // KubeVirt makes whole processors of what a pod may have
            amount(name, Resource.CPU, Math.ceil(quantity(asked)), 1, asked.place(), findings);
        }
    }

    private static double count(YamlNode cpu, String key) {
        String text = cpu.text(key);
        return text == null ? 1 : Units.number(text);
    }

    private static void memory(String name, YamlNode domain, Findings findings) {
        YamlNode guest = domain.at("memory", "guest");
        YamlNode asked = guest == null ? requested(domain, "memory") : guest;
        if (asked != null) {
            amount(name, Resource.MEMORY, quantity(asked), Units.GIB, asked.place(), findings);
        }
    }

    private static @Nullable YamlNode requested(YamlNode domain, String resource) {
        YamlNode requests = domain.at("resources", "requests", resource);
        return requests == null ? domain.at("resources", "limits", resource) : requests;
    }

    private static double quantity(YamlNode node) {
        String text = node.text();
        return text == null ? Double.NaN : Units.quantity(text);
    }

    private static void amount(
            String name, Resource resource, double amount, double unit, Place place, Findings findings) {
        if (Double.isNaN(amount)) {
            findings.note("the amount of `" + resource.key() + "` cannot be read", place);
        } else {
            findings.amount(name, resource, amount / unit, place);
        }
    }

    private static void features(String name, YamlNode domain, Findings findings) {
        YamlNode efi = domain.at("firmware", "bootloader", "efi");
        if (efi != null && !"false".equals(efi.text("secureBoot"))) {
            findings.text(name, Attribute.FEATURE, "secure-boot", efi.place()); // true unless it says otherwise
        }
        YamlNode tpm = domain.at("devices", "tpm");
        if (tpm != null && !"false".equals(tpm.text("enabled"))) {
            findings.text(name, Attribute.FEATURE, "tpm", tpm.place());
        }
        YamlNode secured = domain.at("launchSecurity");
        if (secured != null) {
            findings.text(name, Attribute.FEATURE, "confidential", secured.place());
        }
        for (YamlNode feature : domain.list("cpu", "features")) {
            String what = feature.text("name");
            boolean required = !"disable".equals(feature.text("policy")) && !"forbid".equals(feature.text("policy"));
            if (required && ("vmx".equals(what) || "svm".equals(what))) {
                findings.text(name, Attribute.FEATURE, "nested-virt", feature.place());
            }
        }
    }

    private static void storage(String name, YamlNode document, Findings findings) {
        double bytes = 0;
        Place place = null;
        for (YamlNode volume : document.list("spec", "dataVolumeTemplates")) {
            for (String kind : new String[] {"storage", "pvc"}) {
                YamlNode asked = volume.at("spec", kind, "resources", "requests", "storage");
                double amount = asked == null ? Double.NaN : quantity(asked);
                if (asked != null && !Double.isNaN(amount)) {
                    bytes += amount;
                    place = asked.place();
                }
            }
        }
        if (place != null) {
            findings.amount(name, Resource.STORAGE, bytes / Units.GIB, place);
        }
    }

    private static void instanceType(String name, YamlNode document, Findings findings) {
        YamlNode cpu = document.at("spec", "cpu", "guest");
        YamlNode memory = document.at("spec", "memory", "guest");
        if (cpu != null) {
            amount(name, Resource.CPU, Units.number(cpu.text()), 1, cpu.place(), findings);
        }
        if (memory != null) {
            amount(name, Resource.MEMORY, quantity(memory), Units.GIB, memory.place(), findings);
        }
        List<YamlNode> gpus = document.list("spec", "gpus");
        if (!gpus.isEmpty()) {
            findings.amount(name, Resource.GPU, gpus.size(), gpus.get(0).place());
        }
    }

    private static void preference(String name, YamlNode document, Findings findings) {
        Findings.Module module = findings.module(name, null, document.place());
        YamlNode cpu = document.at("spec", "requirements", "cpu", "guest");
        YamlNode memory = document.at("spec", "requirements", "memory", "guest");
        if (cpu != null) {
            module.atLeast(Resource.CPU, Units.number(cpu.text()), cpu.place());
        }
        if (memory != null) {
            module.atLeast(Resource.MEMORY, quantity(memory) / Units.GIB, memory.place());
        }
        YamlNode arch = document.at("spec", "requirements", "architecture");
        if (arch != null) {
            module.equal(Attribute.ARCH, arch(arch.text()), arch.place());
        }
    }
}
