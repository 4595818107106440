package io.regrade.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.app.TutorialPage.Block;
import io.regrade.app.TutorialPage.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows {@code docs/writing-policies.md} step by step: its files are written, its commands run, its answers compared.
 * {@code -Dgolden.update=true} writes those answers anew that differ, with nothing left out.
 */
class TutorialTest {

    private static final Path PAGE = Path.of("docs", "writing-policies.md");

    @TempDir
    Path directory;

    @Test
    void everyStep_doesWhatThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        StringBuilder updated = new StringBuilder(page);
        int moved = 0;
        try (TutorialShell shell = new TutorialShell(directory)) {
            for (Block block : TutorialPage.of(page).blocks()) {
                if (block.kind().equals("console")) {
                    String seen = console(shell, block);
                    updated.replace(
                            block.from() + moved,
                            block.from() + moved + block.text().length(),
                            seen);
                    moved += seen.length() - block.text().length();
                } else if (block.kind().equals("diff")) {
                    shell.change(block.file(), block.text());
                } else if (!block.file().isEmpty()) {
                    shell.write(block.file(), block.text());
                }
            }
        }
        if (Boolean.getBoolean("golden.update")) {
            assertThat(System.getenv("CI"))
                    .as("nothing is updated where CI is set")
                    .isNull();
            Files.writeString(PAGE, updated.toString());
        }
    }

    private static String console(TutorialShell shell, Block block) {
        StringBuilder seen = new StringBuilder();
        int exit = 0;
        for (Command command : block.commands()) {
            TutorialShell.Answer answer = shell.run(command.line());
            boolean as = TutorialPage.matches(command.answer(), answer.text());
            if (!Boolean.getBoolean("golden.update")) {
                assertThat(as)
                        .as("%s says%n%s%nand this came:%n%s", command.line(), command.answer(), answer.text())
                        .isTrue();
            }
            seen.append("$ ").append(command.written()).append('\n').append(as ? command.answer() : answer.text());
            exit = answer.exit();
        }
        if (Boolean.getBoolean("golden.update") && exit != block.exit()) {
            System.err.printf("exit code %d instead of %d: %s%n", exit, block.exit(), seen);
            return seen.toString();
        }
        assertThat(exit).as("the exit code of%n%s", seen).isEqualTo(block.exit());
        return seen.toString();
    }
}
