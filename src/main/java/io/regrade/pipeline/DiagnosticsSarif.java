package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.DiagnosticPages;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * What was found in a policy as SARIF 2.1.0, which code scanning reads. Columns count UTF-16 units, as SARIF's default
 * does. The page about each kind of finding is within the log, as {@code help}: a {@code helpUri} would have to be absolute,
 * and the pages come with the program, not from a site.
 */
public final class DiagnosticsSarif {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private DiagnosticsSarif() {}

    /**
     * One run of the check.
     *
     * @param version Regrade's version
     * @param directory the policy's directory as files are to be named, such as {@code rules/standard}
     */
    public static ObjectNode of(CheckPolicy.Checked checked, String version, Path directory) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Regrade policy check");
        driver.put("semanticVersion", version);
        List<String> codes = checked.diagnostics().stream()
                .map(Diagnostic::code)
                .distinct()
                .sorted()
                .toList();
        ArrayNode rules = driver.putArray("rules");
        codes.forEach(code -> rule(rules.addObject(), code));
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        checked.diagnostics().forEach(one -> result(results.addObject(), one, codes, directory));
        return log;
    }

    private static void rule(ObjectNode rule, String code) {
        rule.put("id", code);
        DiagnosticPages.title(code)
                .ifPresent(title -> rule.putObject("shortDescription").put("text", title));
        DiagnosticPages.page(code)
                .ifPresent(page -> rule.putObject("help").put("text", page).put("markdown", page));
    }

    private static void result(ObjectNode result, Diagnostic one, List<String> codes, Path directory) {
        result.put("ruleId", one.code());
        result.put("ruleIndex", codes.indexOf(one.code()));
        result.put("level", one.isError() ? "error" : "warning");
        result.putObject("message").put("text", one.sentence() + ".");
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(directory.resolve(one.file())));
        if (one.line() > 0) {
            ObjectNode region = place.putObject("region");
            region.put("startLine", one.line());
            if (one.column() > 0) {
                region.put("startColumn", one.column());
            }
        }
    }

    /** A path as a URI: relative to where the check ran, or absolute. */
    private static String uri(Path path) {
        try {
            return path.isAbsolute()
                    ? path.toUri().toString()
                    : new URI(null, null, path.normalize().toString().replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("`" + path + "` cannot be written as a URI", e);
        }
    }
}
