package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.telemetry.Telemetry.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells new samples from those that are stored, and stores them. What it knows is what the database holds, looked up when a
 * machine is first heard of and after every failure. Used by the writer's thread alone.
 */
final class Arrivals {

    /** A series whose moments are so irregular is looked up anew when more is stored of it, with closed hours left out. */
    private static final int MOST_RUNS = 4096;

    private final OpenHours open;
    private final Map<String, Machine> machines = new HashMap<>();

    /** A machine as far as its samples are not closed. */
    private static final class Machine {
        final int id;
        final Map<MonitoredSeries, Entry> series = new HashMap<>();
        Chunk.Writer chunk = new Chunk.Writer();
        long usedAt;

        Machine(int id) {
            this.id = id;
        }
    }

    /** A series with the moments that are stored. */
    private static final class Entry {
        final int id;
        final SeenTimes seen = new SeenTimes();

        Entry(int id) {
            this.id = id;
        }
    }

    Arrivals(OpenHours open) {
        this.open = open;
    }

    /** Forgets what it knows: a transaction failed, or others may have changed something. */
    void forget() {
        machines.clear();
    }

    /** Forgets machines that nothing came of for a while. */
    void forgetBefore(long millis) {
        machines.values().removeIf(machine -> machine.usedAt < millis);
    }

    /** Stores batches within the transaction of a connection; answers in their order. */
    List<Received> store(Connection connection, List<SampleBatch> batches, long nowMillis) throws SQLException {
        lookUp(connection, batches);
        OpenHours.Closed closed = open.closed(connection, batches, name -> known(name).id, nowMillis);
        Set<Machine> touched = new LinkedHashSet<>();
        List<Received> answers = new ArrayList<>(batches.size());
        for (SampleBatch batch : batches) {
            answers.add(take(batch, closed, touched, nowMillis));
        }
        insert(connection, touched);
        return answers;
    }

    private Machine known(String name) {
        Machine machine = machines.get(name);
        if (machine == null) {
            throw new IllegalStateException("a machine was not looked up");
        }
        return machine;
    }

    private Received take(SampleBatch batch, OpenHours.Closed closed, Set<Machine> touched, long nowMillis) {
        long accepted = 0;
        long duplicate = 0;
        long late = 0;
        long refused = 0;
        for (int run = 0; run < batch.runs(); run++) {
            MonitoredSeries series = batch.series(run);
            Machine machine = known(series.vm());
            machine.usedAt = nowMillis;
            Entry entry = machine.series.get(series);
            if (entry == null) {
                throw new IllegalStateException("a series was not looked up");
            }
            for (int i = batch.from(run); i < batch.to(run); i++) {
                long time = batch.time(i);
                if (!open.isKept(time, nowMillis)) {
                    refused++;
                } else if (closed.is(machine.id, time)) {
                    late++;
                } else if (!entry.seen.add(time)) {
                    duplicate++;
                } else {
                    accepted++;
                    if (touched.add(machine)) {
                        machine.chunk = new Chunk.Writer();
                    }
                    machine.chunk.run(entry.id, 1);
                    machine.chunk.sample(time, batch.value(i));
                }
            }
        }
        return new Received(accepted, duplicate, late, refused);
    }

    private static void insert(Connection connection, Set<Machine> touched) throws SQLException {
        if (touched.isEmpty()) {
            return;
        }
        List<ChunkTable.Row> rows = touched.stream()
                .map(machine -> new ChunkTable.Row(machine.id, machine.chunk))
                .toList();
        ChunkTable.insert(connection, rows, null);
    }

    /** Looks up the machines and series that are not known yet, and gives numbers to those that have none. */
    private void lookUp(Connection connection, List<SampleBatch> batches) throws SQLException {
        Set<String> unknown = new HashSet<>();
        Set<MonitoredSeries> missing = new LinkedHashSet<>();
        for (SampleBatch batch : batches) {
            for (int run = 0; run < batch.runs(); run++) {
                MonitoredSeries series = batch.series(run);
                Machine machine = machines.get(series.vm());
                if (machine == null || !machine.series.containsKey(series)) {
                    missing.add(series);
                    unknown.add(series.vm());
                } else if (machine.series.get(series).seen.runs() > MOST_RUNS) {
                    unknown.add(series.vm());
                }
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        machines.keySet().removeAll(unknown);
        load(connection, unknown);
        missing.removeIf(series ->
                machines.containsKey(series.vm()) && known(series.vm()).series.containsKey(series));
        if (!missing.isEmpty()) {
            Set<String> nameless = new HashSet<>();
            missing.forEach(series -> {
                if (!machines.containsKey(series.vm())) {
                    nameless.add(series.vm());
                }
            });
            SeriesTable.addMachines(connection, nameless);
            Set<String> names = new HashSet<>();
            missing.forEach(series -> names.add(series.vm()));
            SeriesTable.add(connection, List.copyOf(missing), SeriesTable.machines(connection, names));
            machines.keySet().removeAll(names);
            load(connection, names);
        }
    }

    private void load(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Integer> ids = SeriesTable.machines(connection, names);
        Map<Integer, Entry> entries = new HashMap<>();
        ids.forEach((name, id) -> machines.put(name, new Machine(id)));
        SeriesTable.of(connection, ids.values()).forEach((id, series) -> {
            Entry entry = new Entry(id);
            entries.put(id, entry);
            known(series.vm()).series.put(series, entry);
        });
        ChunkTable.read(
                connection,
                ids.values(),
                (vm, chunk) -> Chunk.read(chunk.body(), (series, time, value) -> {
                    Entry entry = entries.get(series);
                    if (entry != null) {
                        entry.seen.add(time);
                    }
                }));
    }
}
