package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.policy.Policies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy bundle}, {@code keygen}, {@code sign}, {@code verify} and {@code diff}, one after the other. */
class PolicyBundleCommandsTest {

    @TempDir
    private Path directory;

    private Services services;
    private String out = "";
    private String err = "";

    @BeforeEach
    void make() throws IOException {
        services = new Services(directory, new DroolsCompiler(), new NoServer(), Clock.systemUTC());
        for (var file : Policies.small().entrySet()) {
            write("ours/" + file.getKey(), file.getValue());
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private int policy(String line) {
        StringWriter told = new StringWriter();
        StringWriter wrong = new StringWriter();
        int exit = RegradeCommand.commandLine(services)
                .setOut(new PrintWriter(told))
                .setErr(new PrintWriter(wrong))
                .execute(("policy " + line.replace("@", directory + "/")).split(" "));
        out = told.toString();
        err = wrong.toString();
        assertThat(out + err).doesNotContain("Exception", "io.regrade", "PRIVATE+KEY");
        return exit;
    }

    @Test
    void aBundle_isPacked_signed_verified_andCompared() throws IOException {
        assertThat(policy("bundle --policy @ours --out @ours.tar.gz")).as(err).isZero();
        String digest = out.strip();
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        assertThat(policy("keygen --name example.org/policies --out @policies.key"))
                .isZero();
        String key = out.strip();
        assertThat(key).startsWith("example.org/policies+");
        assertThat(policy("keygen --name example.org/policies --out @policies.key"))
                .isEqualTo(ExitCode.INPUT);
        assertThat(err).contains("there is a file already");
        assertThat(policy("verify --policy @ours.tar.gz --key " + key)).isEqualTo(ExitCode.NO);
        assertThat(err).contains("is not signed", "Maybe `./regrade policy sign");

        assertThat(policy("sign --policy @ours.tar.gz --key @policies.key"))
                .as(err)
                .isZero();

        assertThat(policy("verify --policy @ours.tar.gz --key " + key)).as(err).isZero();
        assertThat(out).isEqualTo("signed: " + digest + "\n");
        assertThat(policy("diff @ours @ours.tar.gz")).isZero();
        assertThat(out).contains("nothing differs");
        String yaml = Files.readString(directory.resolve("ours/policy.yaml"));
        write("ours/policy.yaml", yaml.replace("default: 0.2", "default: 0.3"));
        write("ours/NOTES.md", "why\n");
        assertThat(policy("diff @ours.tar.gz @ours")).isEqualTo(ExitCode.NO);
        assertThat(out).contains("from " + digest, "headroom", "0.2", "0.3", "+++ b/NOTES.md", "+why");
        assertThat(policy("diff @ours.tar.gz @ours --format json")).isEqualTo(ExitCode.NO);
        assertThat(out).startsWith("{").contains("NOTES.md");
        assertThat(policy("diff @ours.tar.gz @nowhere")).isEqualTo(ExitCode.INPUT);
    }
}
