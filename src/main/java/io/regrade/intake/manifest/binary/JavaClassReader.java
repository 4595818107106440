package io.regrade.intake.manifest.binary;

import io.regrade.fact.Attribute;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.software.Names;
import io.regrade.intake.manifest.source.Cursor;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.nio.ByteOrder;

/** Reads a Java class file for the release of Java that it needs (JVMS 4.1). */
public final class JavaClassReader implements ManifestReader {

    private static final int OLDEST = 45;
    private static final int NEWEST = 100;
    private static final int PLUS = 44;

    @Override
    public Format format() {
        return Format.JAVA_CLASS;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.source().startsWith(0xca, 0xfe, 0xba, 0xbe)
                && javaRelease(glance.source().head()) > 0;
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        Cursor cursor = new Cursor(source, ByteOrder.BIG_ENDIAN);
        cursor.u16(8); // a class has more than its version
        findings.module(Names.ofFile(source.name()), null, source.at(0))
                .equal(Attribute.LIBRARY, "java-" + javaRelease(source.head()), source.at(6));
    }

    /** The release of Java that a class with this beginning needs; 0 when it is no class. */
    public static int javaRelease(byte[] head) {
        if (head.length < 8
                || head[0] != (byte) 0xca
                || head[1] != (byte) 0xfe
                || head[2] != (byte) 0xba
                || head[3] != (byte) 0xbe) {
            return 0;
        }
        int major = (head[6] & 0xff) << 8 | head[7] & 0xff;
        return major < OLDEST || major > NEWEST ? 0 : Math.max(1, major - PLUS);
    }
}
