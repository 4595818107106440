package io.regrade.intake.manifest.machine;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import io.regrade.intake.manifest.source.XmlDocuments;
import io.regrade.intake.manifest.source.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads libvirt's XML where it describes machines: {@code domain}, also within snapshots and the test driver's nodes.
 * Of several descriptions of one machine the last counts: an installation prints the machine as it is installed, and
 * as it is after.
 */
public final class LibvirtReader implements ManifestReader {

    private static final Set<String> ROOTS = Set.of(
            "domain",
            "domainsnapshot",
            "domstatus",
            "domainCapabilities",
            "capabilities",
            "node",
            "network",
            "pool",
            "volume");
    private static final double KIB = 1024;

    @Override
    public Format format() {
        return Format.LIBVIRT;
    }

    @Override
    public boolean recognises(Glance glance) {
        return ROOTS.contains(glance.xmlRoot());
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        List<XmlElement> roots = XmlDocuments.read(source);
        Map<String, XmlElement> machines = new LinkedHashMap<>();
        for (XmlElement root : roots) {
            for (XmlElement domain : root.all("domain")) {
                if (domain.first("memory") == null
                        && domain.first("vcpu") == null
                        && domain.first("os") == null
                        && domain.first("devices") == null) {
                    continue; // the domain name of a network
                }
                String name = domain.text("name");
                machines.put(name == null ? "" : name, domain);
            }
        }
        if (machines.isEmpty()) {
            throw new ManifestException(
                    roots.get(0).place(), "libvirt's `" + roots.get(0).name() + "` describes no machine here");
        }
        machines.forEach((name, domain) -> machine(name, domain, findings));
    }

    private static void machine(String name, XmlElement domain, Findings findings) {
        XmlElement vcpu = domain.first("vcpu");
        if (vcpu != null) {
            amount(findings, name, Resource.CPU, vcpu, vcpu.text(), 1);
            String current = vcpu.attribute("current");
            if (current != null && !current.equals(vcpu.text())) {
                findings.note(
                        "of the processors, `" + ManifestException.shorten(current) + "` are plugged in", vcpu.place());
            }
        } else if (domain.first("memory") != null) {
            findings.amount(name, Resource.CPU, 1, domain.place()); // libvirt's default
        }
        XmlElement memory = domain.first("memory");
        XmlElement current = domain.first("currentMemory");
        if (memory != null) {
            memory(findings, name, memory);
            if (current != null && !current.text().equals(memory.text())) {
                findings.note(
                        "of the memory, `" + ManifestException.shorten(current.text()) + "` is given to it now",
                        current.place());
            }
        } else if (current != null) {
            memory(findings, name, current);
        }
        XmlElement type = domain.first("os", "type");
        String arch = type == null ? null : type.attribute("arch");
        if (type != null && arch != null) {
            findings.text(name, Attribute.ARCH, GuestSystem.arch(arch), type.place());
        }
        metadata(domain, name, findings);
        features(domain, name, findings);
        devices(domain, name, findings);
    }

    private static void memory(Findings findings, String name, XmlElement memory) {
        double unit = Units.libvirtBytes(memory.attribute("unit"), KIB);
        if (Double.isNaN(unit)) {
            findings.note(
                    "`" + ManifestException.shorten(String.valueOf(memory.attribute("unit"))) + "` is not a known unit",
                    memory.place());
        } else {
            amount(findings, name, Resource.MEMORY, memory, memory.text(), unit / Units.GIB);
        }
    }

    private static void amount(
            Findings findings, String name, Resource resource, XmlElement element, String text, double unit) {
        double amount = Units.number(text) * unit;
        if (Double.isNaN(amount)) {
            findings.note("`" + ManifestException.shorten(text) + "` is no amount", element.place());
        } else {
            findings.amount(name, resource, amount, element.place());
        }
    }

    private static void metadata(XmlElement domain, String name, Findings findings) {
        XmlElement os = domain.first("metadata", "libosinfo", "os");
        String id = os == null ? null : os.attribute("id");
        if (os != null && id != null) {
            String known = GuestSystem.osinfo(id);
            findings.text(name, Attribute.OS, known, os.place());
            if (known == null) {
                findings.note("the system `" + ManifestException.shorten(id) + "` is not known", os.place());
            }
        }
    }

    private static void features(XmlElement domain, String name, Findings findings) {
        XmlElement os = domain.first("os");
        if (os != null) {
            os.children("loader")
                    .filter(loader -> "yes".equals(loader.attribute("secure")))
                    .findFirst()
                    .or(() -> os.all("feature").stream()
                            .filter(one -> "secure-boot".equals(one.attribute("name"))
                                    && "yes".equals(one.attribute("enabled")))
                            .findFirst())
                    .ifPresent(one -> findings.text(name, Attribute.FEATURE, "secure-boot", one.place()));
        }
        XmlElement cpu = domain.first("cpu");
        if (cpu != null) {
            cpu.children("feature")
                    .filter(one -> ("vmx".equals(one.attribute("name")) || "svm".equals(one.attribute("name")))
                            && "require".equals(one.attribute("policy")))
                    .findFirst()
                    .ifPresent(one -> findings.text(name, Attribute.FEATURE, "nested-virt", one.place()));
        }
        domain.children("launchSecurity")
                .findFirst()
                .ifPresent(one -> findings.text(name, Attribute.FEATURE, "confidential", one.place()));
        domain.children("seclabel")
                .filter(one -> "selinux".equals(one.attribute("model")))
                .findFirst()
                .ifPresent(one -> findings.note("the host confines the machine with SELinux", one.place()));
    }

    private static void devices(XmlElement domain, String name, Findings findings) {
        XmlElement devices = domain.first("devices");
        if (devices == null) {
            return;
        }
        devices.children("tpm")
                .findFirst()
                .ifPresent(one -> findings.text(name, Attribute.FEATURE, "tpm", one.place()));
        XmlElement passed = devices.children("hostdev")
                .filter(one -> "pci".equals(one.attribute("type")) || "mdev".equals(one.attribute("type")))
                .findFirst()
                .orElse(null);
        if (passed != null) {
            findings.note(
                    "a device of the host is passed through, which no other machine has for certain", passed.place());
        }
    }
}
