package io.regrade.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.app.TutorialPage.Command;
import org.junit.jupiter.api.Test;

class TutorialPageTest {

    @Test
    void commandOfTwoLines_isOneToRun_andStaysTwoOnThePage() {
        TutorialPage page = TutorialPage.of("""
                ```console exit=1
                $ curl -s http://x \\
                    -d '{}'
                …"state":"draft"…
                $ ls
                a
                ```
                """);
        assertThat(page.blocks()).hasSize(1);
        assertThat(page.blocks().get(0).exit()).isEqualTo(1);
        assertThat(page.blocks().get(0).commands())
                .containsExactly(
                        new Command("curl -s http://x \\\n    -d '{}'", "…\"state\":\"draft\"…\n"),
                        new Command("ls", "a\n"));
        assertThat(page.blocks().get(0).commands().get(0).line()).isEqualTo("curl -s http://x      -d '{}'");
    }
}
