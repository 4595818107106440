package io.regrade.engine.drools;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import java.util.List;

/** What is wrong with a policy before anything of it is compiled. */
public final class TextChecks {

    private TextChecks() {}

    /** The errors that keep its text from the compiler. */
    public static List<Diagnostic> of(PolicyBundle policy) {
        return DroolsCompiler.found(policy, new DroolsCompiler().structure(policy)).stream()
                .filter(Diagnostic::isError)
                .toList();
    }
}
