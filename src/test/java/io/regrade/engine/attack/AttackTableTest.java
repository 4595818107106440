package io.regrade.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table in docs/security.md is that of the suite as it is; {@code -Dgolden.update=true} writes it anew. */
class AttackTableTest {

    private static final Path PAGE = Path.of("docs/security.md");
    private static final String BEGIN = "<!-- attacks: written by AttackTableTest -->\n";
    private static final String END = "<!-- end of attacks -->\n";

    @Test
    void page_hasTheTableOfTheSuite() throws IOException {
        String made = "\n" + new AttackTable(Attack.all()).markdown() + "\n";
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(end).as("the marks of the table in %s", PAGE).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI"))
                    .as("pages are not updated where CI is set")
                    .isNull();
            Files.writeString(PAGE, page.substring(0, begin) + made + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("%s has drifted from the attacks; run this test with -Dgolden.update=true", PAGE)
                .isEqualTo(made);
    }

    @Test
    void table_tellsEveryKindOfAttack() {
        assertThat(new AttackTable(Attack.all()).unknownKinds()).isEmpty();
    }
}
