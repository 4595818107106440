package io.regrade.web.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.decision.CanonicalJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Scripts and styles, all from this server: those of the console, and those of WebJars that the import map names. Their
 * addresses change with their content, so that browsers may keep them. Thread-safe.
 */
final class Assets {

    private static final String OWN = "/io/regrade/web/console/";
    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    /** What is served of WebJars: the name it has here, the artifact, and the file in it. */
    private static final String[][] LIBRARIES = {
        {"htmx.js", "htmx.org", "dist/htmx.min.js"},
        {"uplot.js", "uplot", "dist/uPlot.iife.min.js"},
        {"uplot.css", "uplot", "dist/uPlot.min.css"},
        {"cytoscape.js", "cytoscape", "dist/cytoscape.esm.min.mjs"},
        {"dagre.js", "dagre", "dist/dagre.min.js"},
        {"codemirror.js", "codemirror", "dist/index.js"},
        {"cm-autocomplete.js", "codemirror__autocomplete", "dist/index.js"},
        {"cm-commands.js", "codemirror__commands", "dist/index.js"},
        {"cm-language.js", "codemirror__language", "dist/index.js"},
        {"cm-lint.js", "codemirror__lint", "dist/index.js"},
        {"cm-search.js", "codemirror__search", "dist/index.js"},
        {"cm-state.js", "codemirror__state", "dist/index.js"},
        {"cm-view.js", "codemirror__view", "dist/index.js"},
        {"cm-clike.js", "codemirror__legacy-modes", "mode/clike.js"},
        {"cm-yaml.js", "codemirror__legacy-modes", "mode/yaml.js"},
        {"crelt.js", "crelt", "index.js"},
        {"lezer-common.js", "lezer__common", "dist/index.js"},
        {"lezer-highlight.js", "lezer__highlight", "dist/index.js"},
        {"lezer-lr.js", "lezer__lr", "dist/index.js"},
        {"find-cluster-break.js", "marijn__find-cluster-break", "src/index.js"},
        {"style-mod.js", "style-mod", "src/style-mod.js"},
        {"w3c-keyname.js", "w3c-keyname", "index.js"},
    };

    /** The modules that scripts import by name, and what is served for them. */
    private static final Map<String, String> MODULES = new TreeMap<>(Map.ofEntries(
            Map.entry("regrade/api", "api.js"),
            Map.entry("regrade/graph", "graph.js"),
            Map.entry("regrade/named", "named.js"),
            Map.entry("regrade/verify", "verify.js"),
            Map.entry("regrade/editor", "editor.js"),
            Map.entry("cytoscape", "cytoscape.js"),
            Map.entry("codemirror", "codemirror.js"),
            Map.entry("@codemirror/autocomplete", "cm-autocomplete.js"),
            Map.entry("@codemirror/commands", "cm-commands.js"),
            Map.entry("@codemirror/language", "cm-language.js"),
            Map.entry("@codemirror/lint", "cm-lint.js"),
            Map.entry("@codemirror/search", "cm-search.js"),
            Map.entry("@codemirror/state", "cm-state.js"),
            Map.entry("@codemirror/view", "cm-view.js"),
            Map.entry("@codemirror/legacy-modes/mode/clike", "cm-clike.js"),
            Map.entry("@codemirror/legacy-modes/mode/yaml", "cm-yaml.js"),
            Map.entry("crelt", "crelt.js"),
            Map.entry("@lezer/common", "lezer-common.js"),
            Map.entry("@lezer/highlight", "lezer-highlight.js"),
            Map.entry("@lezer/lr", "lezer-lr.js"),
            Map.entry("@marijn/find-cluster-break", "find-cluster-break.js"),
            Map.entry("style-mod", "style-mod.js"),
            Map.entry("w3c-keyname", "w3c-keyname.js")));

    /** The console's own. */
    private static final String[] FILES = {
        "console.css",
        "icon.svg",
        "app.js",
        "api.js",
        "fleet.js",
        "machine.js",
        "decision.js",
        "graph.js",
        "verify.js",
        "recommendations.js",
        "plans.js",
        "policies.js",
        "named.js",
        "policy.js",
        "editor.js",
        "audit.js",
        "operations.js"
    };

    private record Asset(String type, Buffer content) {}

    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final String base;

    Assets() {
        for (String[] library : LIBRARIES) {
            String path = "/" + WEBJARS + library[1] + "/" + version(library[1]) + "/" + library[2];
            put(library[0], read(path));
        }
        for (String file : FILES) {
            put(file, read(OWN + file));
        }
        base = "/assets/" + digest();
    }

    private void put(String name, byte[] content) {
        String type = name.endsWith(".css") ? STYLE : name.endsWith(".svg") ? "image/svg+xml" : SCRIPT;
        assets.put(name, new Asset(type, Buffer.buffer(content)));
    }

    /** Where they are, without a slash at the end. */
    String base() {
        return base;
    }

    /** The import map, JSON. */
    String importMap() {
        StringBuilder map = new StringBuilder("{\"imports\":{");
        MODULES.forEach((name, file) -> map.append(map.charAt(map.length() - 1) == '{' ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(base)
                .append('/')
                .append(file)
                .append('"'));
        return map.append("}}").toString();
    }

    /** Serves one of them. */
    void serve(RoutingContext context) {
        Asset asset = assets.get(String.valueOf(context.pathParam("file")));
        HttpServerResponse response = context.response();
        if (asset == null) {
            context.next();
            return;
        }
        boolean current = context.request().path().startsWith(base + "/");
        response.putHeader("Content-Type", asset.type)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", current ? FOREVER : "no-cache")
                .end(asset.content);
    }

    private String digest() {
        MessageDigest sha = CanonicalJson.sha256();
        assets.forEach((name, asset) -> {
            sha.update(name.getBytes(UTF_8));
            sha.update(asset.content.getBytes());
        });
        return HexFormat.of().formatHex(sha.digest(), 0, 6);
    }

    private static String version(String artifact) {
        String path = "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = Assets.class.getResourceAsStream(path)) {
            properties.load(Objects.requireNonNull(in, path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] read(String path) {
        try (InputStream in = Assets.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
