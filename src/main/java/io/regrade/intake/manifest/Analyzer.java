package io.regrade.intake.manifest;

import io.regrade.intake.manifest.binary.ElfReader;
import io.regrade.intake.manifest.binary.JavaArchiveReader;
import io.regrade.intake.manifest.binary.JavaClassReader;
import io.regrade.intake.manifest.binary.PeReader;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.machine.KubeVirtReader;
import io.regrade.intake.manifest.machine.LibvirtReader;
import io.regrade.intake.manifest.machine.OvaReader;
import io.regrade.intake.manifest.machine.OvfReader;
import io.regrade.intake.manifest.machine.VmxReader;
import io.regrade.intake.manifest.software.CloudInitReader;
import io.regrade.intake.manifest.software.DebReader;
import io.regrade.intake.manifest.software.DebianControlReader;
import io.regrade.intake.manifest.software.KubernetesReader;
import io.regrade.intake.manifest.software.OciImageReader;
import io.regrade.intake.manifest.software.RpmReader;
import io.regrade.intake.manifest.software.StartScriptReader;
import io.regrade.intake.manifest.software.SystemdReader;
import io.regrade.intake.manifest.source.Archives;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Recognises what a file is by its content and reads it. Stateless; safe to share between threads. */
public final class Analyzer {

    /** Asked in this order: what is known by its first bytes comes first, what is known by words last. */
    private static final List<ManifestReader> READERS = List.of(
            new ElfReader(),
            new PeReader(),
            new JavaClassReader(),
            new JavaArchiveReader(),
            new RpmReader(),
            new DebReader(),
            new OvaReader(),
            new OvfReader(),
            new LibvirtReader(),
            new StartScriptReader(),
            new CloudInitReader(),
            new KubeVirtReader(),
            new KubernetesReader(),
            new OciImageReader(),
            new DebianControlReader(),
            new SystemdReader(),
            new VmxReader());

    /**
     * Reads a file.
     *
     * @throws ManifestException when it is of no known format, or cannot be read; with the place
     */
    public Analysis analyze(Source file) {
        Source source = Archives.unpacked(file);
        if (source.size() == 0) {
            throw source.refused("the file is empty");
        }
        ManifestReader reader = reader(source).orElseThrow(() -> unknown(source));
        Findings findings = new Findings();
        reader.read(source, findings, this::within);
        return findings.of(source.name(), reader.format());
    }

    private void within(Source inner, Findings findings) {
        try {
            reader(inner).ifPresent(reader -> reader.read(inner, findings, this::within));
        } catch (ManifestException e) {
            findings.note("it was left out: " + e.problem(), e.place());
        }
    }

    private static Optional<ManifestReader> reader(Source source) {
        Glance glance = Glance.at(source);
        return READERS.stream().filter(reader -> reader.recognises(glance)).findFirst();
    }

    private static ManifestException unknown(Source source) {
        Glance glance = Glance.at(source);
        String root = glance.xmlRoot();
        String seen = !root.isEmpty()
                ? "XML that begins with `" + ManifestException.shorten(root) + "`"
                : glance.isBinary() ? "a binary file" : "a text";
        String known = Arrays.stream(Format.values()).map(Format::key).collect(Collectors.joining(", "));
        return source.refused("this is " + seen + " of no known format. Maybe one of these was meant: " + known);
    }
}
