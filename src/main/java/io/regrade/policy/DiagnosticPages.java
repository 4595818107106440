package io.regrade.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The pages about the kinds of findings, one for each code; they stand in {@code docs/rules/diagnostics}. */
public final class DiagnosticPages {

    private static final String INDEX = "README";
    private static final Pattern CODE = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern LINK = Pattern.compile("\\[([a-z-]+)\\]\\(\\1\\.md\\)");

    private DiagnosticPages() {}

    /** Every code that there is, in the order of their page's index. */
    public static List<String> codes() {
        return LINK.matcher(read(INDEX).orElse(""))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** The page about a code as Markdown, or nothing when there is no such code. */
    public static Optional<String> page(String code) {
        return CODE.matcher(code).matches() ? read(code) : Optional.empty();
    }

    /** What a code means, in the words of its page's first line. */
    public static Optional<String> title(String code) {
        return page(code)
                .flatMap(page -> page.lines().findFirst())
                .map(line -> line.replaceFirst("^# ", "").replaceFirst("^`[a-z-]+`: ", ""));
    }

    private static Optional<String> read(String name) {
        try (InputStream in = DiagnosticPages.class.getResourceAsStream("diagnostics/" + name + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the page about `" + name + "` cannot be read", e);
        }
    }
}
