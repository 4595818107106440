package io.regrade.intake.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.decision.FactReader;
import io.regrade.fact.Capacity;
import io.regrade.fact.Requirement;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.manifest.binary.ElfReader;
import io.regrade.intake.manifest.binary.JavaArchiveReader;
import io.regrade.intake.manifest.binary.JavaClassReader;
import io.regrade.intake.manifest.binary.PeReader;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.FoundModule;
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
import io.regrade.intake.manifest.source.ManifestLimits;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Any bytes are read, or refused by a {@link ManifestException} with its place: nothing else is thrown, and what was read
 * can be stored and matched. Each reader is a target, whether it would recognise the bytes or not.
 */
final class FuzzTargets {

    /** The target that recognises before it reads. */
    static final String ANY = "any";

    static final Map<String, ManifestReader> READERS = readers();

    private static final ManifestLimits LIMITS =
            new ManifestLimits(1 << 20, 4 << 20, 20_000, 64, 500, 8 << 20, 100, 1 << 20, 3);

    private static void read(ManifestReader reader, byte[] data) {
        Source source = Source.of("fuzzed", data, LIMITS);
        Findings findings = new Findings();
        try {
            reader.read(source, findings, (inner, found) -> {});
        } catch (ManifestException e) {
            check(e);
            return;
        }
        check(findings.of("fuzzed", reader.format()));
    }

    private static void check(ManifestException refused) {
        assertThat(refused.problem()).isNotBlank();
        assertThat(refused.place().file()).startsWith("fuzzed");
    }

    private static void check(Analysis analysis) {
        List<SoftwareModule> modules =
                analysis.modules().stream().map(FoundModule::fact).toList();
        Vm vm = new Vm(
                "a",
                "a",
                null,
                null,
                null,
                "x86_64",
                Capacity.UNKNOWN,
                null,
                Set.of(),
                Double.NaN,
                null,
                null,
                Map.of());
        modules.forEach(module -> module.requires().forEach(one -> {
            one.metBy(vm);
            Requirement.parse(one.text(), "me");
        }));
        VmFacts facts = new VmFacts(vm, List.of(), modules, null, List.of());
        assertThat(FactReader.facts(FactJson.facts(facts))).isEqualTo(facts);
        CanonicalJson.bytes(FactJson.facts(facts));
    }

    private FuzzTargets() {}

    private static Map<String, ManifestReader> readers() {
        Map<String, ManifestReader> readers = new LinkedHashMap<>();
        readers.put("ovf", new OvfReader());
        readers.put("ova", new OvaReader());
        readers.put("vmx", new VmxReader());
        readers.put("libvirt", new LibvirtReader());
        readers.put("kubevirt", new KubeVirtReader());
        readers.put("kubernetes", new KubernetesReader());
        readers.put("cloudInit", new CloudInitReader());
        readers.put("ociImage", new OciImageReader());
        readers.put("javaArchive", new JavaArchiveReader());
        readers.put("javaClass", new JavaClassReader());
        readers.put("elf", new ElfReader());
        readers.put("pe", new PeReader());
        readers.put("rpm", new RpmReader());
        readers.put("deb", new DebReader());
        readers.put("debianControl", new DebianControlReader());
        readers.put("systemd", new SystemdReader());
        readers.put("startScript", new StartScriptReader());
        return readers;
    }

    /** Tries bytes on a target. */
    static void run(String target, byte[] data) {
        ManifestReader reader = READERS.get(target);
        if (reader != null) {
            read(reader, data);
            return;
        }
        try {
            check(new Analyzer().analyze(Source.of("fuzzed", data, LIMITS)));
        } catch (ManifestException e) {
            check(e);
        }
    }
}
