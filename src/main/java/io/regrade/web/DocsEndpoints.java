package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.web.contract.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The contract and a page to read it with, all from this server. */
final class DocsEndpoints {

    private static final String WEBJAR = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String ASSETS = "/META-INF/resources/webjars/swagger-ui/";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String HTML = "text/html";

    /** No other host, no inline script; Swagger UI styles its elements inline. */
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private static final Map<String, String> FILES = Map.of(
            "swagger-ui.css", "text/css; charset=utf-8",
            "swagger-ui-bundle.js", JAVASCRIPT,
            "favicon-32x32.png", "image/png");

    private static final String START = "start.js";

    private static final String START_SCRIPT = """
            window.onload = () => {
              SwaggerUIBundle({
                url: '/openapi.yaml',
                dom_id: '#docs',
                deepLinking: true,
                validatorUrl: null,
                presets: [SwaggerUIBundle.presets.apis],
                layout: 'BaseLayout'
              });
            };
            """;

    private static final String DOCS = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Regrade: API</title>
            <link rel="icon" href="/docs/favicon-32x32.png">
            <link rel="stylesheet" href="/docs/swagger-ui.css">
            </head>
            <body>
            <div id="docs"></div>
            <noscript>This page needs JavaScript; the contract itself is at <a href="/openapi.yaml">openapi.yaml</a>.</noscript>
            <script src="/docs/swagger-ui-bundle.js"></script>
            <script src="/docs/start.js"></script>
            </body>
            </html>
            """;

    private final Contract contract;
    private final String assets;
    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    DocsEndpoints(Contract contract) {
        this.contract = contract;
        this.assets = ASSETS + version() + "/";
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "openapi", call -> now(Answer.text("application/yaml", contract.text())),
                "docs", call -> now(page(DOCS)),
                "docsFile", this::file);
    }

    private CompletionStage<Answer> file(Call call) {
        String name = call.value("file").asText();
        if (name.equals(START)) {
            return now(Answer.bytes(JAVASCRIPT, START_SCRIPT.getBytes(UTF_8)).with("Cache-Control", "no-cache"));
        }
        String type = FILES.get(name);
        if (type == null) {
            throw new HttpProblem(ProblemType.NOT_FOUND, "the page has no such part");
        }
        byte[] bytes = read.computeIfAbsent(assets + name, DocsEndpoints::resource);
        return now(Answer.bytes(type, bytes).with("Cache-Control", "max-age=3600"));
    }

    private static Answer page(String html) {
        return Answer.text(HTML, html).with("Content-Security-Policy", POLICY);
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = DocsEndpoints.class.getResourceAsStream(WEBJAR)) {
            properties.load(Objects.requireNonNull(in, WEBJAR));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] resource(String name) {
        try (InputStream in = DocsEndpoints.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
