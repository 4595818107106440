package io.regrade.engine.drools;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import org.kie.api.builder.Message;

/** Puts Drools' messages into words and places that belong to the policy's own files. */
final class Diagnostics {

    private static final String PREFIX = "policy/";

    private Diagnostics() {}

    static Diagnostic of(Message message, PolicyBundle policy) {
        String path = message.getPath() == null ? "" : message.getPath();
        int at = path.indexOf(PREFIX);
        String file = at >= 0 ? path.substring(at + PREFIX.length()) : path;
        if (!policy.files().containsKey(file)) {
            file = policy.files().size() == 1 ? policy.files().firstKey() : file.isEmpty() ? "policy" : file;
        }
        return new Diagnostic(
                Diagnostic.Severity.ERROR,
                "does-not-compile",
                file,
                Math.max(0, message.getLine()),
                Math.max(0, message.getColumn()),
                firstLine(message.getText()));
    }

    private static String firstLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse("it does not compile");
    }
}
