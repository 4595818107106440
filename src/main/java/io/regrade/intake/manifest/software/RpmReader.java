package io.regrade.intake.manifest.software;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.source.Cursor;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads RPM packages by their header (format 3 and 4); what is to be installed is not looked at. */
public final class RpmReader implements ManifestReader {

    private static final int LEAD = 96;
    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int OS = 1021;
    private static final int ARCH = 1022;
    private static final int REQUIRES = 1049;
    private static final Pattern GLIBC = Pattern.compile("libc\\.so\\.6\\(GLIBC_([0-9]{1,4})\\.([0-9]{1,4})\\).*");

    @Override
    public Format format() {
        return Format.RPM;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.source().startsWith(0xed, 0xab, 0xee, 0xdb);
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        Cursor cursor = new Cursor(source, ByteOrder.BIG_ENDIAN);
        RpmHeader signature = RpmHeader.at(cursor, LEAD);
        RpmHeader header = RpmHeader.at(cursor, (signature.end() + 7) / 8 * 8);
        String name = header.text(NAME);
        if (name == null) {
            throw cursor.refused(header.start(), "the package has no name. Maybe it is damaged");
        }
        String version = header.text(VERSION);
        String release = header.text(RELEASE);
        Findings.Module module = findings.module(
                name,
                version == null ? null : release == null ? version : version + "-" + release,
                source.at(header.start()));
        if (cursor.u16(6) == 1) {
            findings.note("it is a source package, which runs nowhere", source.at(6));
            return;
        }
        String arch = header.text(ARCH);
        if (arch != null) {
            module.equal(Attribute.ARCH, Platforms.arch(arch), source.at(header.place(ARCH)));
            module.equal(Attribute.ISA, Platforms.level(arch), source.at(header.place(ARCH)));
        }
        String os = header.text(OS);
        if (os != null && Set.of("linux", "freebsd", "solaris", "aix").contains(os)) {
            module.equal(Attribute.OS, os, source.at(header.place(OS)));
        }
        requires(header.texts(REQUIRES), header.place(REQUIRES), module, source);
    }

    private static void requires(List<String> all, long place, Findings.Module module, Source source) {
        int[] newest = null;
        for (String one : all) {
            String accelerator = Platforms.accelerator(one);
            if (accelerator != null) {
                module.atLeast(Resource.GPU, 1, source.at(place));
                module.equal(Attribute.LIBRARY, accelerator, source.at(place));
            }
            newest = newer(newest, GLIBC.matcher(one));
        }
        if (newest != null) {
            module.equal(Attribute.LIBRARY, "glibc-" + newest[0] + "." + newest[1], source.at(place));
        }
    }

    private static int @Nullable [] newer(int @Nullable [] newest, Matcher one) {
        if (!one.matches()) {
            return newest;
        }
        int[] found = {Integer.parseInt(one.group(1)), Integer.parseInt(one.group(2))};
        return newest == null || Arrays.compare(found, newest) > 0 ? found : newest;
    }
}
