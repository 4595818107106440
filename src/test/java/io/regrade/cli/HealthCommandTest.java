package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.regrade.engine.drools.DroolsCompiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<String> asked = new AtomicReference<>();
    private HttpServer server;
    private String address;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int health(String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "health";
        System.arraycopy(more, 0, arguments, 1, more.length);
        // It asks a server, and starts none.
        return RegradeCommand.commandLine(new Services(Path.of(""), new DroolsCompiler(), null, Clock.systemUTC()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void readyServer_isHealthy() {
        assertThat(health("--server", address)).isZero();
        assertThat(out.toString()).isEqualTo("ready" + System.lineSeparator());
        assertThat(asked.get()).isEqualTo("GET /health/ready");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void serverThatIsNotReady_isNot() {
        status = 503;
        assertThat(health("--server", address)).isEqualTo(1);
        assertThat(out.toString()).startsWith("not ready: `" + address + "` answered with status 503");
    }

    @Test
    void serverThatDoesNotAnswer_isNot() {
        server.stop(0);
        assertThat(health("--server", address, "--seconds", "2")).isEqualTo(1);
        assertThat(out.toString()).startsWith("no server answers at `" + address + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "ftp://127.0.0.1", "localhost", "http:/"})
    void whatIsNoAddress_isWrongUsage(String text) {
        assertThat(health("--server", text)).isEqualTo(2);
        assertThat(err.toString()).contains("`" + text + "`");
    }

    @Test
    void waitingForNothing_isWrongUsage() {
        assertThat(health("--server", address, "--seconds", "0")).isEqualTo(2);
        assertThat(err.toString()).startsWith("`--seconds` is `0`, from 1 to 3600 are expected. Maybe `5`");
    }
}
