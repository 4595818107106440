package io.regrade.pipeline.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomesTest {

    private static String name(String text) {
        return Homes.name(Map.of("draft.tar.gz", text.getBytes(UTF_8)));
    }

    @Test
    void whatIsLeft_isThereForTheSameFiles_andForNoOthers() throws Exception {
        try (Homes homes = new Homes()) {
            Path first = homes.take(name("a"));
            Files.writeString(first.resolve("left"), "compiled");
            homes.giveBack(name("a"));

            assertThat(homes.take(name("a"))).isEqualTo(first);
            Path other = homes.take(name("b"));
            assertThat(other).isNotEqualTo(first).isEmptyDirectory();
            assertThat(Homes.name(Map.of("other.tar.gz", "a".getBytes(UTF_8)))).isNotEqualTo(name("a"));
            homes.giveBack(name("a"));
            homes.giveBack(name("b"));
        }
    }

    @Test
    void theFewUsedLast_areKept_andThoseInUse() throws Exception {
        try (Homes homes = new Homes()) {
            Path inUse = homes.take(name("in use"));
            Path oldest = homes.take(name("0"));
            homes.giveBack(name("0"));
            for (int i = 1; i < 4; i++) {
                homes.take(name("" + i));
                homes.giveBack(name("" + i));
            }

            assertThat(oldest).doesNotExist();
            assertThat(inUse).exists();
            homes.close();
            assertThat(inUse).exists();
            homes.giveBack(name("in use"));
            assertThat(inUse).doesNotExist();
        }
    }
}
