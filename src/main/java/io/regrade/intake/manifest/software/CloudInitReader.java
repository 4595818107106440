package io.regrade.intake.manifest.software;

import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import io.regrade.intake.manifest.source.YamlDocuments;
import io.regrade.intake.manifest.source.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads cloud-init's user data for the packages it installs and the files it writes, such as units; its network data
 * say nothing of what is needed. What it includes from elsewhere is not fetched.
 */
public final class CloudInitReader implements ManifestReader {

    private static final Pattern HEADER = Pattern.compile("^#(?:cloud-config|include|include-once|cloud-boothook)\\b");
    private static final Pattern NETWORK = Pattern.compile("\\A(?:[ \\t\\r]*+(?:#[^\\n]*+)?\\n)*+network:\\s");

    @Override
    public Format format() {
        return Format.CLOUD_INIT;
    }

    @Override
    public boolean recognises(Glance glance) {
        return !glance.isBinary()
                && (glance.hasLine(HEADER) || NETWORK.matcher(glance.start()).find());
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        String start = source.text().value().stripLeading();
        if (start.startsWith("#include")) {
            throw source.refused("it includes other files, which are not fetched. Maybe analyse those instead");
        }
        List<YamlNode> documents = YamlDocuments.read(source);
        if (documents.isEmpty()) {
            findings.note("the user data say nothing", source.line(1));
            return;
        }
        YamlNode data = documents.get(0);
        if (!data.isMap()) {
            throw source.refused("user data are `key: value`, and this is not. Maybe the first line is wrong");
        }
        for (YamlNode one : data.list("packages")) {
            installed(one, findings);
            one.list("apt").forEach(inner -> installed(inner, findings));
            one.list("snap").forEach(inner -> installed(inner, findings));
        }
        for (YamlNode file : data.list("write_files")) {
            String path = file.text("path");
            String content = file.text("content");
            if (path != null && content != null && file.text("encoding") == null) {
                within.read(source.within(path, content.getBytes(StandardCharsets.UTF_8)), findings);
            }
        }
    }

    /** {@code name}, or {@code [name, version]}. */
    private static void installed(YamlNode one, Findings findings) {
        String name = one.text();
        List<YamlNode> pair = one.list();
        if (name != null) {
            int version = name.indexOf('=');
            findings.module(
                    version < 0 ? name : name.substring(0, version),
                    version < 0 ? null : name.substring(version + 1),
                    one.place());
        } else if (!pair.isEmpty() && pair.get(0).text() != null) {
            findings.module(
                    Objects.requireNonNull(pair.get(0).text()),
                    pair.size() > 1 ? pair.get(1).text() : null,
                    one.place());
        }
    }
}
