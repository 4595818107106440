package io.regrade.app;

import io.regrade.cli.ServerLauncher;
import io.regrade.config.Config;
import io.regrade.config.ConfigException;
import io.regrade.config.ConfigReader;
import io.regrade.db.DatabaseException;
import io.regrade.engine.RuleCompiler;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.log.LogKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the server for the commands: reads the configuration, and stops the server when the process is told to end. */
final class ServerStart implements ServerLauncher {

    private final Path home;
    private final RuleCompiler compiler;
    private final Map<String, String> environment;

    ServerStart(Path home, RuleCompiler compiler) {
        this(home, compiler, System.getenv());
    }

    ServerStart(Path home, RuleCompiler compiler, Map<String, String> environment) {
        this.home = home;
        this.compiler = compiler;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Running start(Start start) {
        return start(start, Optional.empty());
    }

    @Override
    public Running start(Start start, Preload preload) {
        return start(start, Optional.of(preload));
    }

    @Override
    public LogKeyPlace logKey(Start start) {
        try {
            Config config = config(start);
            return new LogKeyPlace(config.logKey(), config.audit().origin(), environment);
        } catch (ConfigException e) {
            throw new BadConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private Running start(Start start, Optional<Preload> preload) {
        try {
            return new Serving(Server.start(config(start), compiler, preload, environment));
        } catch (ConfigException | DatabaseException | LedgerUnavailableException | LogKeyException | IOException e) {
            throw new BadConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private Config config(Start start) {
        Path byDefault = home.resolve("config").resolve("regrade.yaml");
        Path file = start.config();
        Config config = file != null
                ? ConfigReader.read(file, environment)
                : Files.exists(byDefault)
                        ? ConfigReader.read(byDefault, environment)
                        : ConfigReader.parse(byDefault.toString(), "", environment);
        config = config.at(home);
        Integer port = start.port();
        if (port != null && (port < 0 || port > 65_535)) {
            throw new ConfigException(List.of("--port: `" + port + "` is no port. Maybe `8080`"));
        }
        config = port == null ? config : config.withPort(port);
        Path data = start.data();
        return data == null ? config : config.withData(data);
    }

    /** A server that stops with the process. */
    private static final class Serving implements Running {

        private final Server server;
        private final Thread hook;

        Serving(Server server) {
            this.server = server;
            this.hook = new Thread(server::close, "regrade-stop");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        @Override
        public String address() {
            return server.address().toString();
        }

        @Override
        public void awaitStop() throws InterruptedException {
            server.awaitStop();
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending already: the hook closes it
            }
            server.close();
        }
    }
}
