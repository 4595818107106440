package io.regrade.intake.manifest.binary;

import io.regrade.fact.Attribute;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.FoundRequirement;
import io.regrade.intake.manifest.software.Names;
import io.regrade.intake.manifest.source.Archives;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Reads archives of Java classes, and those within them: name and version of {@code MANIFEST.MF}, the release of Java
 * that the classes need, the processors that native libraries are there for, and the heap in start scripts.
 */
public final class JavaArchiveReader implements ManifestReader {

    private static final int MAX_MANIFEST = 1 << 20;
    private static final int MAX_NATIVE = 64 << 20;
    private static final int MAX_NESTED = 64 << 20;
    private static final String VERSIONS = "META-INF/versions/";

    @Override
    public Format format() {
        return Format.JAVA_ARCHIVE;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.source().startsWith('P', 'K', 3, 4) || glance.source().startsWith('P', 'K', 5, 6);
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        Content content = new Content();
        Archives.zip(source, entry -> {
            content.visit(entry, source, findings, within);
            return true;
        });
        if (!content.isJava()) {
            throw source.refused("the archive holds no Java classes. Maybe name a file of it");
        }
        Attributes names = content.names;
        Findings.Module module = findings.module(
                first(
                        names,
                        Names.ofFile(source.name()),
                        "Implementation-Title",
                        "Bundle-SymbolicName",
                        "Automatic-Module-Name"),
                version(names),
                source.at(0));
        if (content.release > 0) {
            module.equal(Attribute.LIBRARY, "java-" + content.release, source.at(0));
        }
        if (content.natives.size() == 1) { // with several, the program takes the one that fits
            module.equal(Attribute.ARCH, content.natives.iterator().next(), source.at(0));
        } else if (!content.natives.isEmpty()) {
            findings.note("native libraries are there for " + String.join(", ", content.natives), source.at(0));
        }
    }

    private static String first(@Nullable Attributes names, String otherwise, String... keys) {
        for (String key : keys) {
            String value = names == null ? null : names.getValue(key);
            if (value != null && !value.isBlank()) {
                int directive = value.indexOf(';');
                return directive > 0 ? value.substring(0, directive) : value;
            }
        }
        return otherwise;
    }

    private static @Nullable String version(@Nullable Attributes names) {
        String found = first(names, "", "Implementation-Version", "Bundle-Version", "Specification-Version");
        return found.isEmpty() ? null : found;
    }

    /** What an archive holds, while it is visited. */
    private static final class Content {
        private @Nullable Attributes names;
        private final Set<String> natives = new TreeSet<>();
        private int release;
        private boolean classes;
        private boolean nested;

        boolean isJava() {
            return names != null || classes || nested;
        }

        void visit(Archives.Entry entry, Source source, Findings findings, Within within) {
            String name = entry.name().toLowerCase(Locale.ROOT);
            if (name.equals("meta-inf/manifest.mf")) {
                names = manifest(entry, source, findings);
            } else if (name.endsWith(".class")) {
                classes = true;
                if (!entry.name().startsWith(VERSIONS)
                        && !name.equals("module-info.class")) { // those are for newer releases only
                    release = Math.max(release, JavaClassReader.javaRelease(entry.head(8)));
                }
            } else if (name.endsWith(".jar") || name.endsWith(".war")) {
                nested = true;
                within.read(entry.within(MAX_NESTED), findings);
            } else if (name.endsWith(".so") || name.endsWith(".dll")) {
                library(entry.within(MAX_NATIVE), within);
            } else if (name.startsWith("bin/") || name.endsWith(".sh") || name.endsWith(".bat")) {
                within.read(entry.within(MAX_MANIFEST), findings);
            }
        }

        private void library(Source library, Within within) {
            Findings own = new Findings();
            within.read(library, own);
            Analysis read = own.of(library.name(), Format.ELF);
            read.modules().stream()
                    .flatMap(module -> module.requires().stream())
                    .map(FoundRequirement::requirement)
                    .filter(one -> one.attribute() == Attribute.ARCH)
                    .forEach(one -> natives.add(one.value()));
        }

        private static @Nullable Attributes manifest(Archives.Entry entry, Source source, Findings findings) {
            try {
                return new Manifest(new ByteArrayInputStream(entry.bytes(MAX_MANIFEST))).getMainAttributes();
            } catch (IOException | IllegalArgumentException e) {
                findings.note("its `MANIFEST.MF` cannot be read", source.at(0));
                return null;
            }
        }
    }
}
