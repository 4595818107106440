package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.ManifestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Visits the entries of archives within a file's budget. Nothing is written anywhere, so a name that leads out of a
 * directory leads nowhere.
 */
public final class Archives {

    /** As many times the most entries may be in the directories of archives that lie uncompressed within. */
    private static final int DIRECTORIES = 10;

    private Archives() {}

    /** Takes one entry after another. */
    @FunctionalInterface
    public interface Visitor {

        /** Visits; whether to go on. */
        boolean visit(Entry entry);
    }

    /** An entry while it is visited. */
    public static final class Entry {
        private final String name;
        private final Source source;
        private final Opener opener;

        /** Opens the content. */
        @FunctionalInterface
        private interface Opener {
            InputStream open() throws IOException;
        }

        Entry(String name, Source source, Opener opener) {
            this.name = name;
            this.source = source;
            this.opener = opener;
        }

        /** The name as the archive says it. */
        public String name() {
            return name;
        }

        /** The first bytes, at most so many. */
        public byte[] head(int bytes) {
            return read(bytes, false);
        }

        /**
         * All bytes.
         *
         * @throws ManifestException when they are more than that
         */
        public byte[] bytes(int max) {
            return read(max, true);
        }

        private byte[] read(int max, boolean all) {
            try {
                InputStream in = new Counted(opener.open(), source);
                byte[] bytes = in.readNBytes(max);
                if (all && in.read() >= 0) {
                    throw source.refused("`" + ManifestException.shorten(name) + "` in it is larger than " + max
                            + " bytes, which is the limit");
                }
                return bytes;
            } catch (IOException | IllegalArgumentException | IllegalStateException e) {
                throw damaged(source, name, e);
            }
        }

        /** The entry as a source of its own. */
        public Source within(int max) {
            return source.within(name, bytes(max));
        }
    }

    /** Visits a tar archive. */
    public static void tar(Source source, InputStream in, Visitor visitor) {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            stream(source, tar, visitor);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw damaged(source, "the archive", e);
        }
    }

    /** Visits an ar archive, as Debian packages are. */
    public static void ar(Source source, Visitor visitor) {
        try (ArArchiveInputStream ar = new ArArchiveInputStream(source.open())) {
            stream(source, ar, visitor);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw damaged(source, "the archive", e);
        }
    }

    private static void stream(Source source, ArchiveInputStream<? extends ArchiveEntry> in, Visitor visitor)
            throws IOException {
        ArchiveEntry entry = in.getNextEntry();
        while (entry != null) {
            source.budget().entry();
            if (!entry.isDirectory() && !visitor.visit(new Entry(entry.getName(), source, () -> in))) {
                return;
            }
            entry = in.getNextEntry();
        }
    }

    /** Visits a zip archive in the order of its directory. */
    public static void zip(Source source, Visitor visitor) {
        checkDirectory(source);
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(source.bytes()))
                .get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                source.budget().entry();
                if (!entry.isDirectory()
                        && zip.canReadEntryData(entry)
                        && !visitor.visit(new Entry(entry.getName(), source, () -> zip.getInputStream(entry)))) {
                    return;
                }
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw damaged(source, "the archive", e);
        }
    }

    /** A directory is read whole before its first entry is visited: its entries, and those within, are counted first. */
    private static void checkDirectory(Source source) {
        byte[] bytes = source.bytes();
        long most = DIRECTORIES * (long) source.limits().maxEntries();
        long entries = 0;
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2 && ++entries > most) {
                throw source.refused("there are more than " + most + " entries in it and within, which is the limit");
            }
        }
    }

    /** The file itself, or what is in it when it is compressed with gzip, such as an OVA or user data. */
    public static Source unpacked(Source source) {
        if (!source.startsWith(0x1f, 0x8b)) {
            return source;
        }
        int max = source.limits().maxBinaryBytes();
        try (InputStream in = new Counted(new GZIPInputStream(source.open()), source)) {
            byte[] bytes = in.readNBytes(max);
            if (in.read() >= 0) {
                throw source.refused("more than " + max + " bytes are compressed in it, which is the limit");
            }
            return source.unpacked(bytes);
        } catch (IOException e) {
            throw damaged(source, "the archive", e);
        }
    }

    /** A decompressed stream over bytes at hand, counted. */
    public static InputStream counted(Source source, Decompressor decompressor, byte[] bytes) {
        try {
            return new Counted(decompressor.open(new ByteArrayInputStream(bytes)), source);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(source, "the archive", e);
        }
    }

    /** Decompresses a stream. */
    @FunctionalInterface
    public interface Decompressor {
        InputStream open(InputStream in) throws IOException;
    }

    private static ManifestException damaged(Source source, String what, Exception e) {
        if (e.getCause() instanceof ManifestException refused) {
            return refused;
        }
        String name = what.equals("the archive") ? what : "`" + ManifestException.shorten(what) + "` in it";
        return source.refused(name + " cannot be read. Maybe it is damaged or was not copied completely");
    }

    /** Counts what comes out, against the budget and against the size of the file. */
    private static final class Counted extends InputStream {
        private final InputStream in;
        private final Source source;

        Counted(InputStream in, Source source) {
            this.in = in;
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0) {
                source.budget().inflated(source, 1);
            }
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                source.budget().inflated(source, read);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
