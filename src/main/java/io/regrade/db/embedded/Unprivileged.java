package io.regrade.db.embedded;

import io.regrade.db.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whom PostgreSQL runs as: it refuses to run as root, so that a Regrade that is started by root starts it as nobody.
 *
 * @param prefix what goes before a command
 * @param isRoot whether this process is root's
 */
record Unprivileged(List<String> prefix, boolean isRoot) {

    private static final int NOBODY = 65_534;

    /** For the user of this process. */
    static Unprivileged now() throws IOException {
        boolean root = Files.exists(Path.of("/proc/self"))
                ? Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                : "root".equals(System.getProperty("user.name"));
        if (!root) {
            return new Unprivileged(List.of(), false);
        }
        if (!Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            throw new DatabaseException("PostgreSQL does not run as root, and there is no `setpriv` to change the user."
                    + " Maybe start Regrade as another user, or name a database with `url` of `database`");
        }
        return new Unprivileged(
                List.of("/usr/bin/setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"), true);
    }

    /**
     * Who may pass through all directories above a directory, also through those that only root may enter. That one right
     * is left to PostgreSQL only where it needs it.
     */
    Unprivileged reaching(Path directory) throws IOException {
        if (!isRoot || isOpen(directory)) {
            return this;
        }
        List<String> able = new ArrayList<>(prefix);
        able.addAll(
                able.size() - 1,
                List.of("--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
        return new Unprivileged(List.copyOf(able), true);
    }

    private static boolean isOpen(Path directory) throws IOException {
        for (Path parent = directory; parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    /** Gives a directory with all that is in it to whom PostgreSQL runs as. */
    void own(Path directory) throws IOException {
        if (!isRoot) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.toList()) {
                if (!Integer.valueOf(NOBODY).equals(Files.getAttribute(path, "unix:uid"))) {
                    Files.setAttribute(path, "unix:uid", NOBODY);
                    Files.setAttribute(path, "unix:gid", NOBODY);
                }
            }
        }
    }
}
