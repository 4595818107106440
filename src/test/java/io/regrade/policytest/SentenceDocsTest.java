package io.regrade.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The list in docs/sentences.md is that of the vocabulary; `-Dgolden.update=true` writes it anew. */
class SentenceDocsTest {

    @Test
    void list_isThatOfTheVocabulary() throws IOException {
        Path page = Path.of("docs/sentences.md");
        String text = Files.readString(page);
        String list = SentenceDocs.list(PolicyReader.read(Path.of("rules/standard")));
        String kept = text.substring(0, text.indexOf(SentenceDocs.HEADING));
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI")).isNull();
            Files.writeString(page, kept + list);
        }
        assertThat(Files.readString(page)).isEqualTo(kept + list);
    }
}
