package io.regrade.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Texts that change on purpose only: {@code -Dgolden.update=true} writes them anew, which is refused where {@code CI} is
 * set.
 */
final class Golden {

    private static final Path PLACE = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /** Compares a text with the golden file of this name. */
    static void assertEquals(String name, String text) {
        Path file = PLACE.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                update(file, text, System.getenv("CI"));
            }
            assertThat(text)
                    .as(
                            "%s; if it is meant to change, run the test with -Dgolden.update=true and look at the change",
                            file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(file + " is missing: run the test with -Dgolden.update=true", e);
        }
    }

    static void update(Path file, String text, String ci) throws IOException {
        if (ci != null && !ci.isEmpty()) {
            throw new AssertionError(
                    "golden files are not updated where CI is set: the change must be seen by somebody");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
