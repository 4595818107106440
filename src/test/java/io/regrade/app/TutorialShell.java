package io.regrade.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.cli.RegradeCommand;
import io.regrade.cli.ServerLauncher;
import io.regrade.cli.Services;
import io.regrade.db.embedded.SharedPrograms;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the commands of a tutorial: Regrade's own in this process, and the few of a shell that the page needs. What a
 * path names lies below one directory, but for what is Regrade's own.
 */
final class TutorialShell implements AutoCloseable {

    /** What commands of the page make. */
    private static final List<String> MADE = List.of("sample", "ours.tar.gz");

    private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final Path directory;
    private final ServerLauncher launcher;
    private final Services services;
    private ServerLauncher.Running server;
    private TutorialCurl curl;

    /** What a command printed, and its exit code. */
    record Answer(String text, int exit) {}

    TutorialShell(Path directory) {
        this.directory = directory;
        DroolsCompiler compiler = CompiledOnce.compiler();
        launcher = new ServerStart(Path.of("").toAbsolutePath(), compiler, Map.of());
        services = new Services(Path.of(""), compiler, launcher, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    void write(String file, String text) {
        try {
            Path path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the one place of a file that a diff shows. */
    void change(String file, String diff) {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (String line : diff.split("\n")) {
            String rest = line.isEmpty() ? "" : line.substring(1);
            if (!line.startsWith("+")) {
                before.append(rest).append('\n');
            }
            if (!line.startsWith("-")) {
                after.append(rest).append('\n');
            }
        }
        try {
            String text = Files.readString(directory.resolve(file));
            assertThat(text.split(Pattern.quote(before.toString()), -1))
                    .as("places in %s that look like%n%s", file, before)
                    .hasSize(2);
            write(file, text.replace(before, after));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer run(String line) {
        List<String> words = WORD.matcher(line.strip())
                .results()
                .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                .toList();
        return switch (words.get(0)) {
            case "cp" -> copy(words);
            case "curl" -> curl().run(words.subList(1, words.size()));
            case "./regrade" -> regrade(words.subList(1, words.size()));
            default -> throw new AssertionError("the tutorial's shell has no `" + words.get(0) + "`");
        };
    }

    private TutorialCurl curl() {
        assertThat(curl).as("the page asks a server before it starts one").isNotNull();
        return curl;
    }

    /** Starts a server that goes on in the background, at a port that is free instead of the one the page tells. */
    private Answer serve(List<String> words) {
        assertThat(words).startsWith("serve", "--data").endsWith("&").hasSize(4);
        server = launcher.start(new ServerLauncher.Start(null, 0, SharedPrograms.in(directory.resolve(words.get(2)))));
        curl = new TutorialCurl(server.address(), directory);
        return new Answer(
                "Regrade listens on " + TutorialCurl.TOLD + ", API reference at " + TutorialCurl.TOLD + "/docs\n", 0);
    }

    private Answer regrade(List<String> words) {
        if (words.get(0).equals("serve")) {
            return serve(words);
        }
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        String[] arguments = words.stream().map(this::placed).toArray(String[]::new);
        int exit = RegradeCommand.commandLine(services)
                .setOut(writer)
                .setErr(writer)
                .execute(arguments);
        writer.flush();
        return new Answer(out.toString().replace(directory + "/", ""), exit);
    }

    /** A word that names something below the directory, or something that the command is to make there. */
    private String placed(String word) {
        String first = word.split("/")[0];
        boolean known = !first.isEmpty() && !first.startsWith("-") && Files.exists(directory.resolve(first));
        return known || MADE.contains(first) ? directory.resolve(word).toString() : word;
    }

    private Answer copy(List<String> words) {
        Path from = Path.of(words.get(2));
        Path to = directory.resolve(words.get(3));
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer("", 0);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
