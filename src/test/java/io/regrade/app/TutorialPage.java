package io.regrade.app;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps of a page of documentation: its fenced blocks. {@code console} has commands after {@code $} with what they
 * answer, {@code exit=N} the exit code of the last; any other block with {@code file=NAME} is what stands in that file, or,
 * as {@code diff}, what changes in it.
 */
record TutorialPage(List<Block> blocks) {

    private static final Pattern FENCE =
            Pattern.compile("^```(\\w+)((?: \\w+=\\S+)*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private static final Pattern LINE = Pattern.compile("((?:[^\\n]*\\\\\\n)*[^\\n]*)\\n");

    /**
     * A block.
     *
     * @param kind the word after the fence
     * @param file the file it is about, empty for none
     * @param exit the exit code that is expected
     * @param text what stands in it
     * @param from where the text begins on the page
     */
    record Block(String kind, String file, int exit, String text, int from) {

        /** The commands of a console, each with its answer. */
        List<Command> commands() {
            List<Command> commands = new ArrayList<>();
            for (String part : text.split("(?m)^\\$ ")) {
                if (!part.isBlank()) {
                    Matcher line = LINE.matcher(part);
                    if (!line.lookingAt()) {
                        throw new IllegalArgumentException("a command without its end: " + part);
                    }
                    commands.add(new Command(line.group(1), part.substring(line.end())));
                }
            }
            return commands;
        }
    }

    /**
     * A command and what it answers.
     *
     * @param written as it stands on the page: a line that ends with a backslash goes on in the next
     */
    record Command(String written, String answer) {

        /** The command in one line. */
        String line() {
            return written.replace("\\\n", " ");
        }
    }

    static TutorialPage of(String page) {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(page);
        while (fence.find()) {
            String attributes = fence.group(2);
            blocks.add(new Block(
                    fence.group(1),
                    attribute(attributes, "file", ""),
                    Integer.parseInt(attribute(attributes, "exit", "0")),
                    fence.group(3),
                    fence.start(3)));
        }
        return new TutorialPage(blocks);
    }

    private static String attribute(String attributes, String name, String otherwise) {
        Matcher matcher = Pattern.compile(" " + name + "=(\\S+)").matcher(attributes);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    /** Whether an answer is what the page says; {@code …} stands for anything. */
    static boolean matches(String stated, String answer) {
        StringBuilder pattern = new StringBuilder();
        for (String line : stated.strip().split("\n")) {
            if (line.equals("…")) {
                pattern.append("(?s:.*)");
            } else {
                pattern.append(Pattern.quote(line.stripTrailing()).replace("…", "\\E.*\\Q"))
                        .append("\\s*\\n");
            }
        }
        return Pattern.matches(pattern + "\\s*", answer.strip() + "\n");
    }
}
