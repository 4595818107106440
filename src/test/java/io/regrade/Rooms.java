package io.regrade;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The packages of Regrade, their layers, and which may import which. A package within a room belongs to that room. */
final class Rooms {

    /**
     * A room: its package below {@code io.regrade}, its layer, and the rooms of its own layer that it may import.
     *
     * <p>A room imports itself and every room of a lower layer, but no adapter.
     */
    record Room(String name, int layer, boolean adapter, Set<String> alsoImports) {}

    private static final String ROOT = "io.regrade.";

    private static final List<Room> ALL = List.of(
            room("fact", 0),
            room("tlog", 0),
            room("decision", 1),
            // So low that it could not import what writes the log that it verifies.
            room("audit", 1),
            // Leaves: know the domain at most, and are known by anyone.
            room("config", 2),
            room("metrics", 2),
            room("db", 2),
            adapter("db.embedded", 2, "db"),
            // The parts of an evaluation do not know of each other, but for the engine, which runs it.
            room("intake", 3),
            room("intake.inventory", 3, "intake", "intake.telemetry"),
            room("intake.telemetry", 3, "intake"),
            room("intake.manifest", 3, "intake"),
            room("intake.sample", 3, "intake", "intake.inventory"),
            room("catalog", 3),
            room("policy", 3),
            room("simulate", 3),
            room("plan", 3),
            room("engine", 3, "policy", "catalog", "simulate"),
            adapter("engine.drools", 3, "engine", "policy", "catalog", "simulate"),
            // What a job may do knows neither where it is kept nor which cloud does it.
            room("execute", 3),
            adapter("execute.simulated", 3, "execute"),
            adapter("execute.nova", 3, "execute"),
            adapter("execute.webhook", 3, "execute"),
            adapter("execute.patch", 3, "execute"),
            room("instantiate", 3),
            room("ledger", 3, "execute", "instantiate"),
            adapter("ledger.memory", 3, "ledger"),
            adapter("ledger.pg", 3, "ledger", "ledger.memory", "offer", "execute", "instantiate"),
            room("offer", 3, "ledger"),
            adapter("offer.channel", 3, "offer"),
            room("telemetry", 3, "intake", "intake.telemetry", "ledger"),
            adapter("telemetry.pg", 3, "telemetry", "intake", "intake.telemetry", "ledger"),
            room("pipeline", 4),
            adapter("pipeline.child", 4, "pipeline"),
            room("policytest", 5),
            room("backtest", 5),
            room("web", 5),
            room("cli", 6),
            room("app", 7));

    private Rooms() {}

    /** The room that a package is or is within; the longest name wins. */
    static Optional<Room> of(String packageName) {
        return ALL.stream()
                .filter(room -> (packageName + ".").startsWith(ROOT + room.name + "."))
                .max(Comparator.comparingInt(room -> room.name.length()));
    }

    /** Whether a class of one package may use a class of the other; anything outside of Regrade is allowed here. */
    static boolean mayImport(String from, String to) {
        if (!to.startsWith(ROOT)) {
            return true;
        }
        Optional<Room> importer = of(from);
        Optional<Room> imported = of(to);
        return importer.isPresent() && imported.isPresent() && mayImport(importer.get(), imported.get());
    }

    private static boolean mayImport(Room importer, Room imported) {
        if (importer.equals(imported) || importer.alsoImports.contains(imported.name)) {
            return true;
        }
        boolean wiresAdapters = importer.name.equals("app");
        return imported.layer < importer.layer && (wiresAdapters || !imported.adapter);
    }

    private static Room room(String name, int layer, String... alsoImports) {
        return new Room(name, layer, false, Set.of(alsoImports));
    }

    private static Room adapter(String name, int layer, String... alsoImports) {
        return new Room(name, layer, true, Set.of(alsoImports));
    }
}
