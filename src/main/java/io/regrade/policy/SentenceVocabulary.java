package io.regrade.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of a policy: those of all its {@code .dsl} files. Immutable. */
public final class SentenceVocabulary {

    private static final Pattern ENTRY =
            Pattern.compile("\\[(when|condition|then|consequence)\\]\\s*(?:\\[\\w*\\])?\\s*(.*)");

    private final List<Sentence> sentences;

    private SentenceVocabulary(List<Sentence> sentences) {
        this.sentences = List.copyOf(sentences);
    }

    /** The vocabulary of a policy, as it was written. */
    public static SentenceVocabulary of(PolicyBundle policy) {
        return read(policy.written(), new ArrayList<>());
    }

    static SentenceVocabulary read(SortedMap<String, String> files, List<Diagnostic> problems) {
        List<Sentence> sentences = new ArrayList<>();
        files.forEach((file, text) -> {
            if (file.endsWith(".dsl")) {
                List<String> lines = text.lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    String line = lines.get(i).strip();
                    if (!line.isEmpty() && !line.startsWith("#")) {
                        entry(file, i + 1, line, sentences, problems);
                    }
                }
            }
        });
        return new SentenceVocabulary(sentences);
    }

    private static void entry(String file, int line, String text, List<Sentence> sentences, List<Diagnostic> problems) {
        Matcher entry = ENTRY.matcher(text);
        int equals = entry.matches() ? entry.group(2).indexOf('=') : -1;
        if (equals < 1) {
            problems.add(Diagnostic.error(
                    "bad-sentence",
                    file,
                    line,
                    "this is no sentence of a vocabulary. Maybe `[when]The machine is {word}=Vm(…)`"));
            return;
        }
        Sentence.Scope scope = entry.group(1).matches("when|condition") ? Sentence.Scope.WHEN : Sentence.Scope.THEN;
        String template = entry.group(2).substring(0, equals).strip();
        Sentence sentence = new Sentence(
                scope, template, entry.group(2).substring(equals + 1).strip(), file, line);
        String problem = sentence.problem();
        if (problem.isEmpty()) {
            sentences.add(sentence);
        } else {
            problems.add(Diagnostic.error("bad-sentence", file, line, "the sentence " + problem));
        }
    }

    /** All sentences, in the order of the files. */
    public List<Sentence> sentences() {
        return sentences;
    }

    /** A sentence that an author wrote, found. */
    record Found(Sentence sentence, Map<String, String> words) {}

    /** The sentence that a text is; null when the vocabulary has none. */
    @org.jspecify.annotations.Nullable
    Found find(Sentence.Scope scope, String text) {
        for (Sentence sentence : sentences) {
            if (sentence.scope() == scope) {
                Map<String, String> words = sentence.match(text).orElse(null);
                if (words != null) {
                    return new Found(sentence, words);
                }
            }
        }
        return null;
    }

    /** The sentence that is nearest to a text, in backticks, for the "Maybe …" of an error. */
    String nearest(Sentence.Scope scope, String text) {
        return sentences.stream()
                .filter(sentence -> sentence.scope() == scope)
                .min(Comparator.comparingDouble(sentence -> sentence.distance(text)))
                .map(sentence -> "`" + sentence.shown() + "`")
                .orElse("write a vocabulary, `vocabulary.dsl`");
    }
}
