package io.regrade.intake.manifest.software;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import io.regrade.intake.manifest.source.YamlDocuments;
import io.regrade.intake.manifest.source.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads the configuration of an image (OCI image specification 1.1, and Docker's before it). */
public final class OciImageReader implements ManifestReader {

    @Override
    public Format format() {
        return Format.OCI_IMAGE;
    }

    @Override
    public boolean recognises(Glance glance) {
        String start = glance.start();
        return start.stripLeading().startsWith("{")
                && start.contains("\"architecture\"")
                && (start.contains("\"config\"") || start.contains("\"rootfs\"") || start.contains("\"os\""));
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        List<YamlNode> documents = YamlDocuments.readJson(source);
        YamlNode image = documents.isEmpty() ? null : documents.get(0);
        String arch = image == null ? null : image.text("architecture");
        if (image == null || arch == null) {
            throw source.refused("the image has no `architecture`. Maybe this is another JSON file");
        }
        Map<String, YamlNode> labels = image.map("config", "Labels");
        YamlNode title = labels.get("org.opencontainers.image.title");
        YamlNode version = labels.get("org.opencontainers.image.version");
        String name = title == null ? null : title.text();
        Findings.Module module = findings.module(
                name == null ? Names.ofFile(source.name()) : name,
                version == null ? null : version.text(),
                image.place());
        YamlNode place = Objects.requireNonNull(image.at("architecture"));
        module.equal(Attribute.ARCH, Platforms.arch(arch), place.place());
        String variant = image.text("variant");
        if (variant != null) {
            module.equal(Attribute.ISA, Platforms.level(arch + variant), place.place());
        }
        String os = image.text("os");
        if (os != null && Set.of("linux", "windows", "freebsd").contains(os)) {
            module.equal(
                    Attribute.OS, os, Objects.requireNonNull(image.at("os")).place());
        }
        for (YamlNode variable : image.list("config", "Env")) {
            String text = Objects.requireNonNullElse(variable.text(), "");
            if (text.startsWith("NVIDIA_REQUIRE_CUDA=") || text.equals("NVIDIA_VISIBLE_DEVICES=all")) {
                module.atLeast(Resource.GPU, 1, variable.place());
                module.equal(Attribute.LIBRARY, "cuda", variable.place());
            }
            module.atLeast(Resource.MEMORY, JvmOptions.memoryGib(text), variable.place());
        }
        for (String start : List.of("Entrypoint", "Cmd")) {
            for (YamlNode word : image.list("config", start)) {
                module.atLeast(
                        Resource.MEMORY,
                        JvmOptions.memoryGib(Objects.requireNonNullElse(word.text(), "")),
                        word.place());
            }
        }
    }
}
