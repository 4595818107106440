package io.regrade.policy.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.fact.Characters;
import io.regrade.policy.bundle.BundleException.Flaw;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one version of a policy. Immutable.
 *
 * @param files text by path relative to the policy's directory, with {@code /} between its parts
 * @param signed the manifest with its signatures, a signed note (c2sp.org/signed-note), as it was found; null when there
 *     is none. Nothing has checked it: see {@link TrustedKeys}
 */
public record Bundle(
        SortedMap<String, String> files, @Nullable String signed) {

    /** Copies the map. */
    public Bundle {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Files that nobody signed. */
    public static Bundle unsigned(SortedMap<String, String> files) {
        return new Bundle(files, null);
    }

    /** Names these files: see {@link #digest(SortedMap)}. */
    public String digest() {
        return digest(files);
    }

    /**
     * {@code sha256:} and 64 hexadecimal digits over each file's path, length and content, in the order of the paths. The
     * manifest is no part of it: a version is the same, whoever signed it.
     */
    public static String digest(SortedMap<String, String> files) {
        MessageDigest sha = sha256();
        files.forEach((name, text) -> {
            byte[] content = text.getBytes(UTF_8);
            sha.update((name + "\n" + content.length + "\n").getBytes(UTF_8));
            sha.update(content);
        });
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }

    /**
     * These files, when a policy may consist of them.
     *
     * @throws BundleException when a path is none that every file system can keep, there are too many or too large files,
     *     or one has characters that no text has
     */
    public Bundle sound() {
        List<Flaw> flaws = new ArrayList<>();
        Map<String, String> folded = new HashMap<>();
        long bytes = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            String path = file.getKey();
            String shown = EntryPath.printable(path);
            Flaw flaw = EntryPath.flaw(path, shown);
            if (flaw != null) {
                flaws.add(flaw);
            }
            if (folded.put(path.toLowerCase(Locale.ROOT), path) != null) {
                flaws.add(new Flaw("duplicate-file", shown, "there is another path that differs in case only"));
            }
            long size = file.getValue().getBytes(UTF_8).length;
            bytes += size;
            if (size > BundleArchive.MOST_FILE_BYTES) {
                flaws.add(new Flaw("too-large", shown, "the file is larger than 4 MiB"));
            }
            Characters.wrongInText(file.getValue())
                    .ifPresent(what -> flaws.add(new Flaw("encoding", shown, "the file " + what)));
        }
        if (files.size() > BundleArchive.MOST_ENTRIES || bytes > BundleArchive.MOST_UNPACKED_BYTES) {
            flaws.add(new Flaw(
                    "too-large",
                    "policy.yaml",
                    "there are more than " + BundleArchive.MOST_ENTRIES + " files, or they have more than 16 MiB"));
        }
        if (!flaws.isEmpty()) {
            throw new BundleException(flaws);
        }
        return this;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
