package io.regrade.policytest;

import io.regrade.policy.PolicyBundle;
import io.regrade.policy.Sentence;
import io.regrade.policy.SentenceVocabulary;

/** Writes the list of the sentences that a policy's vocabulary has. */
public final class SentenceDocs {

    /** The heading after which the list stands. */
    static final String HEADING = "## The sentences\n";

    private SentenceDocs() {}

    /** The list as Markdown, beginning with its heading. */
    public static String list(PolicyBundle policy) {
        StringBuilder out = new StringBuilder(HEADING);
        for (Sentence.Scope scope : Sentence.Scope.values()) {
            out.append(scope == Sentence.Scope.WHEN ? "\nUnder `when`:\n\n" : "\nUnder `then`:\n\n");
            for (Sentence sentence : SentenceVocabulary.of(policy).sentences()) {
                if (sentence.scope() == scope) {
                    out.append("- `").append(sentence.shown()).append("`\n");
                }
            }
        }
        return out.toString();
    }
}
