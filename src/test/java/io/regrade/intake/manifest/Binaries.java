package io.regrade.intake.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** Small binaries and archives, made byte by byte: what is in them is known exactly. */
final class Binaries {

    private Binaries() {}

    /** A program for x86-64 Linux that needs level 3, CUDA and the GNU C library 2.34. */
    static byte[] elf() {
        ByteBuffer b = ByteBuffer.allocate(0x500).order(ByteOrder.LITTLE_ENDIAN);
        b.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        b.putShort(16, (short) 3)
                .putShort(18, (short) 62)
                .putLong(32, 64)
                .putShort(54, (short) 56)
                .putShort(56, (short) 4);
        segment(b, 0, 1, 0, 0x500); // all of it, loaded to 0x1000
        segment(b, 1, 3, 0x200, 32);
        segment(b, 2, 4, 0x240, 32);
        segment(b, 3, 2, 0x280, 96);
        text(b, 0x200, "/lib64/ld-linux-x86-64.so.2");
        b.putInt(0x240, 4).putInt(0x244, 16).putInt(0x248, 5).putInt(0x24c, 0x554e47);
        b.putInt(0x250, 0xc0008002).putInt(0x254, 4).putInt(0x258, 0b111);
        entry(b, 0x280, 1, 1); // needed: libcuda.so.1
        entry(b, 0x290, 1, 14); // needed: libc.so.6
        entry(b, 0x2a0, 5, 0x1300);
        entry(b, 0x2b0, 0x6ffffffe, 0x1400);
        entry(b, 0x2c0, 0x6fffffff, 1);
        text(b, 0x301, "libcuda.so.1");
        text(b, 0x30e, "libc.so.6");
        text(b, 0x318, "GLIBC_2.34");
        b.putShort(0x400, (short) 1).putShort(0x402, (short) 1).putInt(0x408, 16);
        b.putInt(0x418, 0x18);
        return b.array();
    }

    private static void segment(ByteBuffer b, int number, int type, long offset, long size) {
        int at = 64 + number * 56;
        b.putInt(at, type)
                .putLong(at + 8, offset)
                .putLong(at + 16, 0x1000 + offset)
                .putLong(at + 32, size);
    }

    private static void entry(ByteBuffer b, int at, long tag, long value) {
        b.putLong(at, tag).putLong(at + 8, value);
    }

    private static void text(ByteBuffer b, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            b.put(at + i, bytes[i]);
        }
    }

    /** A program for 64-bit Windows on Arm that imports {@code nvcuda.dll}. */
    static byte[] pe() {
        ByteBuffer b = ByteBuffer.allocate(0x400).order(ByteOrder.LITTLE_ENDIAN);
        text(b, 0, "MZ");
        b.putInt(0x3c, 0x80).putInt(0x80, 0x4550).putShort(0x84, (short) 0xaa64).putShort(0x86, (short) 1);
        b.putShort(0x94, (short) 240).putShort(0x98, (short) 0x20b).putShort(0x98 + 68, (short) 3);
        b.putInt(0x98 + 108, 16).putInt(0x98 + 112 + 8, 0x1000);
        int section = 0x98 + 240;
        b.putInt(section + 8, 0x200)
                .putInt(section + 12, 0x1000)
                .putInt(section + 16, 0x200)
                .putInt(section + 20, 0x200);
        b.putInt(0x200 + 12, 0x1080);
        text(b, 0x280, "nvcuda.dll");
        return b.array();
    }

    /** A package {@code shop-1.4-2} for x86-64 level 3 that needs GLIBC 2.34. */
    static byte[] rpm() {
        ByteBuffer b = ByteBuffer.allocate(0x200).order(ByteOrder.BIG_ENDIAN);
        b.putInt(0, 0xedabeedb);
        b.putInt(96, 0x8eade801); // the signature's header: empty, 16 bytes
        String[] texts = {"shop", "1.4", "2", "linux", "x86_64_v3", "libc.so.6(GLIBC_2.34)(64bit)"};
        int[] tags = {1000, 1001, 1002, 1021, 1022, 1049};
        int store = 112 + 16 + 16 * tags.length;
        int at = 0;
        for (int i = 0; i < tags.length; i++) {
            int index = 128 + 16 * i;
            b.putInt(index, tags[i])
                    .putInt(index + 4, tags[i] == 1049 ? 8 : 6)
                    .putInt(index + 8, at)
                    .putInt(index + 12, 1);
            text(b, store + at, texts[i]);
            at += texts[i].length() + 1;
        }
        b.putInt(112, 0x8eade801).putInt(120, tags.length).putInt(124, at);
        return b.array();
    }

    /** A Debian package with this control file, compressed with xz. */
    static byte[] deb(String control) {
        byte[] tar = tar(Map.of("./control", control.getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (XZCompressorOutputStream xz = new XZCompressorOutputStream(packed)) {
                xz.write(tar);
            }
            try (ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
                put(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
                put(ar, "control.tar.xz", packed.toByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void put(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    static byte[] tar(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(one.getKey());
                entry.setSize(one.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(one.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The beginning of a class for a release of Java. */
    static byte[] javaClass(int release) {
        return new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, (byte) (release + 44), 0, 1};
    }
}
