package io.regrade.policy.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.policy.bundle.BundleException.Flaw;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** A bundle as a {@code tar.gz}: the manifest, then the files in the order of their paths. Stateless, thread-safe. */
public final class BundleArchive {

    /** The most bytes of an archive. */
    public static final long MOST_ARCHIVE_BYTES = 16L << 20;

    /** The most bytes of one file. */
    public static final long MOST_FILE_BYTES = 4L << 20;

    static final long MOST_UNPACKED_BYTES = 16L << 20;
    static final int MOST_ENTRIES = 2000;

    private BundleArchive() {}

    /**
     * Unpacks an archive, in memory: nothing is written anywhere. Hidden files are left out; where all files lie in one
     * directory, as {@code tar} packs one, that directory is left out of their paths.
     *
     * @param name what messages call the archive
     * @throws BundleException with everything that is wrong: entries that lead out of the directory, links and devices,
     *     paths that are there twice, names that not every file system can keep, more or larger files than a policy has,
     *     files that are no text, a manifest that does not fit
     */
    public static Bundle read(byte[] archive, String name) {
        if (archive.length > MOST_ARCHIVE_BYTES) {
            throw new BundleException("too-large", name, "the archive has more than 16 MiB");
        }
        List<Flaw> flaws = new ArrayList<>();
        TreeMap<String, String> files = new TreeMap<>();
        String manifest;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new BoundedInput(new GZIPInputStream(new ByteArrayInputStream(archive)), MOST_UNPACKED_BYTES),
                UTF_8.name())) {
            manifest = entries(tar, files, flaws);
        } catch (BoundedInput.TooMuchException e) {
            throw new BundleException("too-large", name, "the archive unpacks to more than 16 MiB");
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleException("bad-archive", name, "the archive is no tar.gz, or is cut off or damaged");
        }
        if (!flaws.isEmpty()) {
            throw new BundleException(flaws);
        }
        Bundle bundle = new Bundle(withoutWrapper(files), manifest);
        if (manifest != null && !Manifest.fits(manifest, bundle.files())) {
            throw new BundleException(
                    "manifest",
                    name,
                    "the manifest is not of these files: " + Manifest.firstDifference(manifest, bundle.files())
                            + ". Maybe bundle it again with `./regrade policy bundle`");
        }
        return bundle;
    }

    private static @Nullable String entries(TarArchiveInputStream tar, Map<String, String> files, List<Flaw> flaws)
            throws IOException {
        String manifest = null;
        Set<String> folded = new HashSet<>();
        int count = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String shown = EntryPath.printable(entry.getName());
            if (++count > MOST_ENTRIES) {
                flaws.add(new Flaw("too-many", shown, "the archive has more than " + MOST_ENTRIES + " entries"));
                return null;
            }
            String path = plain(entry.getName());
            if (path.isEmpty()) {
                continue; // the directory itself
            }
            boolean own = path.equals(Manifest.PATH);
            Flaw flaw = own || EntryPath.isHidden(path) && !path.contains("..") ? null : EntryPath.flaw(path, shown);
            if (flaw != null) {
                flaws.add(flaw);
            } else if (entry.isDirectory()) {
                continue;
            } else if (!isOrdinary(entry)) {
                flaws.add(new Flaw("no-file", shown, "the entry is no file, but a link, a device or a sparse file"));
            } else if (!folded.add(path.toLowerCase(Locale.ROOT))) {
                flaws.add(new Flaw("duplicate-file", shown, "the path is there twice, or differs in case only"));
            } else if (entry.getSize() > MOST_FILE_BYTES) {
                flaws.add(new Flaw("too-large", shown, "the file is larger than 4 MiB"));
            } else if (own) {
                manifest = text(tar.readAllBytes(), shown, flaws);
            } else if (!EntryPath.isHidden(path)) {
                files.put(path, text(tar.readAllBytes(), shown, flaws));
            }
        }
        return manifest;
    }

    private static boolean isOrdinary(TarArchiveEntry entry) {
        byte kind = entry.getLinkFlag();
        return (kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM) && !entry.isSparse();
    }

    /** A path without what {@code tar} puts around it. */
    private static String plain(String name) {
        String path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return path.equals(".") ? "" : path;
    }

    private static String text(byte[] bytes, String shown, List<Flaw> flaws) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            flaws.add(new Flaw("encoding", shown, "the file is not UTF-8 text"));
            return "";
        }
    }

    private static TreeMap<String, String> withoutWrapper(TreeMap<String, String> files) {
        if (files.isEmpty() || files.containsKey("policy.yaml")) {
            return files;
        }
        String wrapper = files.firstKey().substring(0, files.firstKey().indexOf('/') + 1);
        boolean all = !wrapper.isEmpty() && files.keySet().stream().allMatch(path -> path.startsWith(wrapper));
        if (!all || !files.containsKey(wrapper + "policy.yaml")) {
            return files;
        }
        TreeMap<String, String> inner = new TreeMap<>();
        files.forEach((path, text) -> inner.put(path.substring(wrapper.length()), text));
        return inner;
    }

    /**
     * Packs a bundle: equal bundles give equal bytes, everywhere and at any time.
     *
     * @throws BundleException when a path is none that an archive may have
     */
    public static byte[] write(Bundle bundle) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            String signed = bundle.signed();
            put(tar, Manifest.PATH, signed == null ? Manifest.of(bundle.files()) : signed);
            for (Map.Entry<String, String> file : bundle.files().entrySet()) {
                EntryPath.require(file.getKey(), file.getKey());
                put(tar, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written to", e);
        }
        return StoredGzip.of(bytes.toByteArray());
    }

    private static void put(TarArchiveOutputStream tar, String path, String text) throws IOException {
        byte[] content = text.getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(content.length);
        entry.setMode(0644);
        entry.setModTime(0L);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
