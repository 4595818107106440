package io.regrade.intake.manifest.software;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.Place;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads control files of Debian packages, and {@code /var/lib/dpkg/status}, which is many of them. */
public final class DebianControlReader implements ManifestReader {

    private static final Pattern PACKAGE = Pattern.compile("\\A\\s*(?:#[^\\n]*\\n)*Package:\\s*\\S");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][\\w-]*):\\s*(.*)");
    private static final Pattern LIBC = Pattern.compile("libc6\\s*\\(>=\\s*([0-9]+\\.[0-9]+)");
    private static final Pattern ACCELERATOR =
            Pattern.compile("(?:^|[\\s,|])(libcuda1|libcudart\\S*|nvidia-driver\\S*|libamdhip64\\S*)");

    @Override
    public Format format() {
        return Format.DEBIAN_CONTROL;
    }

    @Override
    public boolean recognises(Glance glance) {
        return !glance.isBinary() && PACKAGE.matcher(glance.start()).find();
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        Map<String, StringBuilder> fields = new HashMap<>();
        long line = 0;
        long begins = 1;
        String last = null;
        for (String text : source.text().value().lines().toList()) {
            line++;
            if (text.isBlank()) {
                stanza(fields, source.line(begins), findings);
                fields.clear();
                last = null;
                begins = line + 1;
                continue;
            }
            Matcher field = FIELD.matcher(text);
            if (Character.isWhitespace(text.charAt(0)) && last != null) {
                fields.computeIfAbsent(last, key -> new StringBuilder())
                        .append(' ')
                        .append(text.strip());
            } else if (field.matches()) {
                last = field.group(1);
                fields.put(last, new StringBuilder(field.group(2).strip()));
            }
        }
        stanza(fields, source.line(begins), findings);
    }

    private static void stanza(Map<String, StringBuilder> fields, Place place, Findings findings) {
        String name = text(fields, "Package");
        String status = text(fields, "Status");
        if (name == null || (status != null && !status.endsWith(" installed"))) {
            return;
        }
        Findings.Module module = findings.module(name, text(fields, "Version"), place);
        String arch = text(fields, "Architecture");
        if (arch != null && !arch.contains(" ")) {
            module.equal(Attribute.ARCH, Platforms.arch(arch), place);
        }
        String variant = text(fields, "Architecture-Variant");
        if (variant != null) {
            module.equal(Attribute.ISA, Platforms.level(variant), place);
        }
        depends(text(fields, "Depends"), module, place);
        depends(text(fields, "Pre-Depends"), module, place);
    }

    private static @Nullable String text(Map<String, StringBuilder> fields, String name) {
        StringBuilder text = fields.get(name);
        return text == null ? null : text.toString();
    }

    private static void depends(@Nullable String text, Findings.Module module, Place place) {
        if (text == null) {
            return;
        }
        Matcher libc = LIBC.matcher(text);
        if (libc.find()) {
            module.equal(Attribute.LIBRARY, "glibc-" + libc.group(1), place);
        }
        for (String one : text.split(",")) {
            if (one.indexOf('|') < 0 && ACCELERATOR.matcher(one).find()) {
                module.atLeast(Resource.GPU, 1, place);
            }
        }
    }
}
