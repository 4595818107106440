package io.regrade.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages in docs/rules are those of the rules as they are; `-Dgolden.update=true` writes them anew. */
class RuleDocsTest {

    private static final Path POLICY = Path.of("rules/standard");
    private static final Path PAGES = Path.of("docs/rules");

    @Test
    void pages_areThoseOfTheRules() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI"))
                    .as("pages are not updated where CI is set")
                    .isNull();
            RuleDocs.write(POLICY, PAGES);
        }
        SortedMap<String, String> made = RuleDocs.pages(POLICY, PAGES);
        SortedMap<String, String> written = RuleDocs.written(PAGES);
        assertThat(written.keySet()).isEqualTo(made.keySet());
        made.forEach((name, text) -> assertThat(written.get(name))
                .as("docs/rules/%s has drifted from its rule; run this test with -Dgolden.update=true", name)
                .isEqualTo(text));
    }

    @Test
    void page_tellsRuleParametersAndTests() {
        String page = RuleDocs.pages(POLICY, PAGES).get("memory-oversized.md");
        assertThat(page)
                .contains("# The machine has more memory than anything asks for")
                .contains("[needs/sizing.drl:18](../../rules/standard/needs/sizing.drl#L18)")
                .contains("It looks at `Demand`, `Limit` and concludes `Need`")
                .contains(
                        "| `oversized-share` | A resource is over-provisioned when more than this share of it is asked"
                                + " for by nothing | share | 0.01 to 0.99 | 0.25 | 0.25 | 0.25 |")
                .containsPattern(
                        "## It fires\n(?s:.*)- \\[memory that nothing asks for is too much]\\(../../rules/"
                                + "standard/tests/(?s:.*)## It does not fire\n(?s:.*)- \\[a quarter of the memory may be spare]");
    }

    @Test
    void write_deletesPagesOfRulesThatAreGone_andNothingElse(@TempDir Path out) throws IOException {
        Files.writeString(out.resolve("gone.md"), RuleDocs.MARK + "# A rule of yesterday\n");
        Files.writeString(out.resolve("notes.md"), "# By hand\n");
        RuleDocs.write(POLICY, out);
        assertThat(out.resolve("gone.md")).doesNotExist();
        assertThat(out.resolve("notes.md")).exists();
        assertThat(RuleDocs.written(out)).isEqualTo(RuleDocs.pages(POLICY, out));
    }
}
