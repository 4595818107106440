package io.regrade.policy.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.policy.bundle.BundleException.Flaw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a bundle from a file system: a directory, or a {@code tar.gz}. Stateless, thread-safe. */
public final class BundleSource {

    private static final int MOST_DEPTH = 8;

    private BundleSource() {}

    /**
     * Reads a directory or an archive. Hidden files are no part of a policy.
     *
     * @throws BundleException with everything that is wrong
     */
    public static Bundle read(Path path) {
        if (Files.isRegularFile(path)) {
            return archive(path);
        }
        if (!Files.isDirectory(path)) {
            throw new BundleException(
                    "no-policy", path.toString(), "there is no such directory or archive. Maybe `rules/standard`");
        }
        List<Flaw> flaws = new ArrayList<>();
        SortedMap<String, String> files = new TreeMap<>();
        String signed = null;
        try (Stream<Path> tree = Files.walk(path, MOST_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = path.relativize(file).toString().replace('\\', '/');
                if (name.equals(Manifest.PATH)) {
                    signed = text(file, name, flaws);
                } else if (!EntryPath.isHidden(name) && !name.endsWith("~")) {
                    String text = text(file, name, flaws);
                    files.put(name, text == null ? "" : text);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            flaws.add(new Flaw("unreadable", path.toString(), "the directory or a file in it cannot be read"));
        }
        if (!flaws.isEmpty()) {
            throw new BundleException(flaws);
        }
        return new Bundle(files, signed);
    }

    private static Bundle archive(Path path) {
        try {
            if (Files.size(path) > BundleArchive.MOST_ARCHIVE_BYTES) {
                throw new BundleException("too-large", path.toString(), "the archive has more than 16 MiB");
            }
            return BundleArchive.read(Files.readAllBytes(path), path.toString());
        } catch (IOException e) {
            throw new BundleException("unreadable", path.toString(), "the archive cannot be read");
        }
    }

    private static @Nullable String text(Path file, String name, List<Flaw> flaws) throws IOException {
        if (Files.size(file) > BundleArchive.MOST_FILE_BYTES) {
            flaws.add(new Flaw("too-large", name, "the file is larger than 4 MiB"));
            return null;
        }
        try {
            return Files.readString(file, UTF_8);
        } catch (CharacterCodingException e) {
            flaws.add(new Flaw("encoding", name, "the file is not UTF-8 text"));
            return null;
        }
    }
}
