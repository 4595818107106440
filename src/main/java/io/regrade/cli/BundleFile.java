package io.regrade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import io.regrade.policy.bundle.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes bundles. */
final class BundleFile {

    private BundleFile() {}

    /** Writes an archive, whole or not at all. */
    static void write(Path file, Bundle bundle) {
        byte[] bytes = BundleArchive.write(bundle);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the archive cannot be written to `" + file + "`", e);
        }
    }

    /** Puts the signed manifest of a directory's files into it. */
    static void sign(Path directory, String manifest) {
        Path file = directory.resolve(Manifest.PATH);
        try {
            Files.createDirectories(directory.resolve(".regrade"));
            Files.writeString(file, manifest, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the signature cannot be written to `" + file + "`", e);
        }
    }
}
