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
import io.regrade.intake.manifest.source.XmlDocuments;
import io.regrade.intake.manifest.source.XmlElement;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads OVF descriptors (DSP0243): 0.9, where a system is a {@code Content} and a section has a type, 1.x and 2.x. Where
 * hardware differs by deployment option, the default one counts.
 */
public final class OvfReader implements ManifestReader {

    private static final double MIB = 1 << 20;
    private static final Set<String> ITEMS = Set.of("Item", "StorageItem", "EthernetPortItem");

    /** A disk's capacity; NaN bytes when it is not said. */
    private record Disk(double bytes, Place place) {}

    @Override
    public Format format() {
        return Format.OVF;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.xmlRoot().equals("Envelope");
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        List<XmlElement> roots = XmlDocuments.read(source);
        XmlElement envelope = roots.get(0);
        if (roots.size() > 1) {
            throw new ManifestException(roots.get(1).place(), "an OVF descriptor has one `Envelope`, and here is more");
        }
        Map<String, Disk> disks = disks(envelope, findings);
        String option = option(envelope);
        int systems = 0;
        for (XmlElement element : systems(envelope)) {
            systems++;
            new OvfSystem(element, option, disks, findings).read();
        }
        if (systems == 0) {
            findings.note("the envelope describes no machine", envelope.place());
        }
    }

    private static List<XmlElement> systems(XmlElement envelope) {
        return envelope.all("VirtualSystem").isEmpty()
                ? envelope.all("Content").stream()
                        .filter(content -> !isCollection(content))
                        .toList()
                : envelope.all("VirtualSystem");
    }

    private static boolean isCollection(XmlElement content) {
        return String.valueOf(content.attribute("type")).contains("Collection");
    }

    private static Map<String, Disk> disks(XmlElement envelope, Findings findings) {
        Map<String, Disk> disks = new HashMap<>();
        for (XmlElement disk : envelope.all("Disk")) {
            String id = disk.attribute("diskId");
            String unit = disk.attribute("capacityAllocationUnits");
            double factor = unit == null ? 1 : Units.ovfBytes(unit);
            if (Double.isNaN(factor)) {
                findings.note(
                        "`" + ManifestException.shorten(String.valueOf(unit)) + "` is not a known unit of a disk",
                        disk.place());
            }
            if (id != null) {
                disks.put(id, new Disk(Units.number(disk.attribute("capacity")) * factor, disk.place()));
            }
        }
        return disks;
    }

    private static @Nullable String option(XmlElement envelope) {
        List<XmlElement> options = envelope.all("Configuration");
        return options.stream()
                .filter(option -> "true".equals(option.attribute("default")))
                .findFirst()
                .or(() -> options.stream().findFirst())
                .map(option -> option.attribute("id"))
                .orElse(null);
    }

    /** One system of a descriptor. */
    private record OvfSystem(
            XmlElement system, String name, @Nullable String option, Map<String, Disk> disks, Findings findings) {

        OvfSystem(XmlElement system, @Nullable String option, Map<String, Disk> disks, Findings findings) {
            this(system, Objects.requireNonNullElse(system.attribute("id"), ""), option, disks, findings);
        }

        void read() {
            double cores = 0;
            double memory = 0;
            double storage = 0;
            int gpus = 0;
            Place at = system.place();
            Place cpu = at;
            Place ram = at;
            Place disk = at;
            boolean diskKnown = false;
            for (XmlElement hardware : sections("VirtualHardwareSection")) {
                for (XmlElement item : items(hardware)) {
                    switch (Objects.requireNonNullElse(item.text("ResourceType"), "")) {
                        case "3" -> {
                            cores += quantity(item, 1);
                            cpu = item.place();
                        }
                        case "4" -> {
                            memory += quantity(item, memoryUnit(item)) / Units.GIB;
                            ram = item.place();
                        }
                        case "17", "31" -> {
                            double bytes = diskBytes(item);
                            if (!Double.isNaN(bytes)) {
                                storage += bytes / Units.GIB;
                                diskKnown = true;
                                disk = item.place();
                            }
                        }
                        case "24" -> gpus += isPassedThrough(item) ? 1 : 0;
                        default -> {
                            // controllers, networks and the like say nothing of a size
                        }
                    }
                }
                read(hardware);
            }
            declare(Resource.CPU, cores, cpu);
            declare(Resource.MEMORY, memory, ram);
            if (diskKnown) {
                findings.amount(name, Resource.STORAGE, storage, disk);
            }
            declare(Resource.GPU, gpus, at);
            os();
            product();
        }

        private void declare(Resource resource, double amount, Place place) {
            if (Double.isNaN(amount)) {
                findings.note("the amount of `" + resource.key() + "` cannot be read", place);
            } else if (amount > 0) {
                findings.amount(name, resource, amount, place);
            }
        }

        private List<XmlElement> sections(String type) {
            return system.children().stream()
                    .filter(child -> child.name().equals(type)
                            || (child.name().equals("Section")
                                    && String.valueOf(child.attribute("type")).contains(type)))
                    .toList();
        }

        /** The items that count: of two with one instance id, the one of the deployment option. */
        private Collection<XmlElement> items(XmlElement hardware) {
            Map<String, XmlElement> items = new LinkedHashMap<>();
            for (XmlElement item : hardware.children()) {
                String id = item.text("InstanceID") == null ? item.text("InstanceId") : item.text("InstanceID");
                String key = id == null ? "at " + items.size() : id;
                XmlElement before = items.get(key);
                if (!isMine(item)) {
                    continue;
                }
                if (before == null || item.attribute("configuration") != null) {
                    items.put(key, item);
                } else if (before.attribute("configuration") == null) {
                    items.put(key + " again " + items.size(), item); // an id that is not unique: both count
                }
            }
            return items.values();
        }

        /** Whether it is an item of the deployment option that counts, or of all. */
        private boolean isMine(XmlElement item) {
            if (!ITEMS.contains(item.name())) {
                return false;
            }
            String options = item.attribute("configuration");
            String bound = item.attribute("bound"); // a range around a value, not a value
            boolean value = bound == null || bound.equals("normal");
            return value
                    && (options == null
                            || (option != null && List.of(options.split("\\s+")).contains(option)));
        }

        private double quantity(XmlElement item, double unit) {
            String sockets = item.text("num_of_sockets"); // how oVirt says it
            if (sockets != null && item.text("VirtualQuantity") == null) {
                return Units.number(sockets) * Units.number(item.text("cpu_per_socket"));
            }
            return Units.number(item.text("VirtualQuantity")) * unit;
        }

        private double memoryUnit(XmlElement item) {
            String unit = item.text("AllocationUnits");
            double bytes = unit == null ? MIB : Units.ovfBytes(unit);
            if (Double.isNaN(bytes)) {
                findings.note(
                        "`" + ManifestException.shorten(String.valueOf(unit)) + "` is not a known unit of memory",
                        item.place());
            }
            return bytes;
        }

        private double diskBytes(XmlElement item) {
            for (XmlElement resource : item.children("HostResource").toList()) {
                String reference = resource.text();
                Disk disk = disks.get(reference.substring(reference.lastIndexOf('/') + 1));
                if (disk != null) {
                    return disk.bytes();
                }
            }
            return Double.NaN;
        }

        private static boolean isPassedThrough(XmlElement item) {
            String type = item.text("ResourceSubType");
            return type != null && type.toLowerCase(Locale.ROOT).contains("passthrough");
        }

        /** VMware's own configuration: firmware and trusted platform module. */
        private void read(XmlElement hardware) {
            for (XmlElement config : hardware.all("Config")) {
                String key = config.attribute("key");
                if ("bootOptions.efiSecureBootEnabled".equals(key) && "true".equals(config.attribute("value"))) {
                    findings.text(name, Attribute.FEATURE, "secure-boot", config.place());
                } else if ("nestedHVEnabled".equals(key) && "true".equals(config.attribute("value"))) {
                    findings.text(name, Attribute.FEATURE, "nested-virt", config.place());
                }
            }
            for (XmlElement item : hardware.all("Item")) {
                if ("vmware.vtpm".equalsIgnoreCase(String.valueOf(item.text("ResourceSubType")))) {
                    findings.text(name, Attribute.FEATURE, "tpm", item.place());
                }
            }
        }

        private void os() {
            for (XmlElement section : sections("OperatingSystemSection")) {
                String type = section.attribute("osType");
                GuestSystem byId = GuestSystem.cim(section.attribute("id"), section.attribute("version"));
                GuestSystem byName = type == null ? GuestSystem.UNKNOWN : GuestSystem.vmware(type);
                String os = byName.os() == null ? byId.os() : byName.os();
                findings.text(name, Attribute.OS, os, section.place());
                findings.text(
                        name, Attribute.ARCH, byName.arch() == null ? byId.arch() : byName.arch(), section.place());
                if (os == null && type != null) {
                    findings.note("the system `" + ManifestException.shorten(type) + "` is not known", section.place());
                }
            }
        }

        private void product() {
            for (XmlElement section : sections("ProductSection")) {
                String product = section.text("Product");
                if (product != null) {
                    findings.module(product, section.text("Version"), section.place());
                }
            }
        }
    }
}
