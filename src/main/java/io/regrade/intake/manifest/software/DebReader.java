package io.regrade.intake.manifest.software;

import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.source.Archives;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** Reads Debian packages by the control file in them ({@code deb(5)}); what is to be installed is not looked at. */
public final class DebReader implements ManifestReader {

    private static final int MAX_CONTROL = 16 << 20;
    private static final int MAX_XZ_KIB = 64 << 10;
    private final DebianControlReader control = new DebianControlReader();

    @Override
    public Format format() {
        return Format.DEB;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.start().startsWith("!<arch>\ndebian-binary");
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        boolean[] found = {false};
        Archives.ar(source, entry -> {
            if (!entry.name().startsWith("control.tar")) {
                return true;
            }
            InputStream tar = Archives.counted(source, decompressor(source, entry.name()), entry.bytes(MAX_CONTROL));
            Archives.tar(source, tar, inner -> {
                if (!inner.name().equals("control") && !inner.name().endsWith("/control")) {
                    return true;
                }
                found[0] = true;
                control.read(inner.within(1 << 20), findings, within);
                return false;
            });
            return false;
        });
        if (!found[0]) {
            throw source.refused("the package has no control file. Maybe it is damaged");
        }
    }

    private static Archives.Decompressor decompressor(Source source, String name) {
        if (name.endsWith(".xz")) {
            return in -> XZCompressorInputStream.builder()
                    .setInputStream(in)
                    .setMemoryLimitKiB(MAX_XZ_KIB)
                    .get();
        }
        if (name.endsWith(".gz")) {
            return GZIPInputStream::new;
        }
        if (name.endsWith(".zst")) {
            return ZstdCompressorInputStream::new;
        }
        if (name.endsWith(".tar")) {
            return in -> in;
        }
        throw source.refused("its control file is compressed in a way that is not known");
    }
}
