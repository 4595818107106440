package io.regrade.engine.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A hostile rule file, {@code src/test/resources/attacks/<class of attack>/<name>.drl}, {@code .drl.csv}
 * or {@code .dslr}.
 *
 * <p>What must become of it stands in its comments: {@code // refused: <code>} behind the line that the refusal must
 * name, or {@code // contained: <budget>} above a rule that runs for the machine of the attack's name: a budget or several,
 * {@code error} where the rule fails by itself, {@code harmless} where nothing comes of it.
 *
 * @param file relative to the directory of attacks
 * @param path where it lies
 * @param text its rules
 * @param refusals the lines that must be refused, each with its code; none when it is let in
 * @param contained the budget that must end it; empty when it is refused
 */
record Attack(String file, Path path, String text, List<Refusal> refusals, String contained) {

    static final Path DIRECTORY = Path.of("src/test/resources/attacks");
    private static final Pattern REFUSED = Pattern.compile("refused: ([a-z-]+)");
    private static final Pattern CONTAINED = Pattern.compile("// contained: ([a-z ]+)");

    private static final String SENTENCES = "sentences.dsl";
    private static final Pattern RULES = Pattern.compile(".*\\.(drl|dslr|drl\\.csv)");

    record Refusal(int line, String code) {}

    /** The kind of attack: the directory it lies in. */
    String kind() {
        return file.substring(0, Math.max(0, file.indexOf('/')));
    }

    /** The name of the file without its ending. */
    String name() {
        return file.substring(file.indexOf('/') + 1).replaceFirst("\\..*", "");
    }

    @Override
    public String toString() {
        return file;
    }

    /** The sentences that attacks, or honest rules, of these kinds are written with, by file. */
    static Map<String, String> vocabulary(List<Attack> attacks) {
        Map<String, String> files = new HashMap<>();
        for (Attack attack : attacks) {
            Path sentences = attack.path.resolveSibling(SENTENCES);
            if (attack.file.endsWith(".dslr") && Files.exists(sentences)) {
                try {
                    files.put(attack.file.replaceFirst("[^/]*$", SENTENCES), Files.readString(sentences, UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    /** All of them, by file. */
    static List<Attack> all() {
        return in(DIRECTORY);
    }

    static List<Attack> in(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> RULES.matcher(file.toString()).matches())
                    .sorted()
                    .map(file -> read(directory, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Attack read(Path directory, Path path) {
        try {
            String text = Files.readString(path, UTF_8);
            List<Refusal> refusals = new ArrayList<>();
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher refused = REFUSED.matcher(lines.get(i));
                if (refused.find()) {
                    refusals.add(new Refusal(i + 1, refused.group(1)));
                }
            }
            Matcher contained = CONTAINED.matcher(text);
            String file = directory.relativize(path).toString().replace('\\', '/');
            return new Attack(file, path, text, refusals, contained.find() ? contained.group(1) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
