package io.regrade.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the image holds, laid out as the Dockerfile lays it out: the jar, the launcher, the rules, and a Java runtime of the
 * modules that the Dockerfile names. Nothing in it can be written to by who runs it, but for the two volumes.
 */
record Installation(Path home, Path java) {

    private static final Path DOCKERFILE = Path.of("config/docker/Dockerfile");
    private static final Pattern MODULES = Pattern.compile("--add-modules (\\S+)");

    static Installation make(Programs programs, Path jar) throws Exception {
        Path home = Files.createDirectories(programs.directory.resolve("opt/regrade"));
        for (String file : new String[] {"regrade", "config/regrade.yaml"}) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(Path.of(file), home.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        copy(Path.of("rules"), home.resolve("rules"));
        Files.createDirectories(home.resolve("target"));
        Files.copy(jar, home.resolve("target/regrade.jar"));
        programs.writable("opt/regrade/data");
        programs.writable("opt/regrade/keys");
        Path java = programs.directory.resolve("opt/java");
        Matcher modules = MODULES.matcher(Files.readString(DOCKERFILE));
        assertThat(modules.find()).isTrue();
        Process jlink = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
                        "--add-modules",
                        modules.group(1),
                        "--output",
                        java.toString())
                .inheritIO()
                .start();
        assertThat(jlink.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(jlink.exitValue()).isZero();
        return new Installation(home, java);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    /** The environment of the compose file, with its places taken from a container to here. */
    Map<String, String> environment(JsonNode service, int port, int database, Path password) {
        Map<String, String> environment = new HashMap<>();
        service.get("environment")
                .fields()
                .forEachRemaining(variable -> environment.put(
                        variable.getKey(),
                        Compose.byDefault(variable.getValue().asText())
                                .replace("/run/secrets/database-password", password.toString())
                                .replace("//postgres:5432/", "//127.0.0.1:" + database + "/")
                                .replace("/opt/regrade/", home + "/")
                                .replace("0.0.0.0", "127.0.0.1")));
        environment.put("REGRADE_HTTP_PORT", String.valueOf(port));
        environment.put("JAVA_HOME", java.toString());
        return environment;
    }
}
