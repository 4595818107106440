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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        /** What a transaction stores of it. */
        Chunk.@Nullable Writer chunk;

        long usedAt;

        Machine(int id) {
            this.id = id;
        }
    }

    /** A series with the moments that are stored. */
    private static final class Entry {
        final int id;
        final Machine machine;
        final SeenTimes seen = new SeenTimes();
        /** The key it is found by. */
        MonitoredSeries series;

        Entry(int id, Machine machine, MonitoredSeries series) {
            this.id = id;
            this.machine = machine;
            this.series = series;
        }

        /** Is found by this one, which is the same each time and need not be compared. */
        @SuppressWarnings("ReferenceEquality")
        void findBy(MonitoredSeries same) {
            if (series != same) {
                machine.series.remove(series);
                machine.series.put(same, this);
                series = same;
            }
        }
    }

    Arrivals(OpenHours open) {
        this.open = open;
    }

    /** Forgets what it knows: a transaction failed, or others may have changed something. */
    void forget() {
        machines.clear();
    }

    /** Forgets machines that nothing came of for a while, and those whose moments take much room. */
    void forgetBefore(long millis) {
        machines.values()
                .removeIf(machine -> machine.usedAt < millis
                        || machine.series.values().stream().anyMatch(entry -> entry.seen.runs() > MOST_RUNS));
    }

    /** Stores batches within the transaction of a connection; answers in their order. */
    List<Received> store(Connection connection, List<SampleBatch> batches, long nowMillis) throws SQLException {
        List<Entry[]> entries = found(batches);
        if (entries == null) {
            lookUp(connection, batches);
            entries = Objects.requireNonNull(found(batches), "a series was not looked up");
        }
        OpenHours.Closed closed = open.closed(connection, batches, name -> known(name).id, nowMillis);
        List<Machine> touched = new ArrayList<>();
        List<Received> answers = new ArrayList<>(batches.size());
        for (int i = 0; i < batches.size(); i++) {
            answers.add(take(batches.get(i), entries.get(i), closed, touched, nowMillis));
        }
        insert(connection, touched);
        return answers;
    }

    private Machine known(String name) {
        return Objects.requireNonNull(machines.get(name), "a machine was not looked up");
    }

    /** What each run of each batch is of; null when something has to be looked up first. */
    private @Nullable List<Entry[]> found(List<SampleBatch> batches) {
        List<Entry[]> all = new ArrayList<>(batches.size());
        for (SampleBatch batch : batches) {
            Entry[] entries = new Entry[batch.runs()];
            for (int run = 0; run < entries.length; run++) {
                MonitoredSeries series = batch.series(run);
                Machine machine = machines.get(series.vm());
                Entry entry = machine == null ? null : machine.series.get(series);
                if (entry == null) {
                    return null;
                }
                entry.findBy(series);
                entries[run] = entry;
            }
            all.add(entries);
        }
        return all;
    }

    private Received take(
            SampleBatch batch, Entry[] entries, OpenHours.Closed closed, List<Machine> touched, long nowMillis) {
        long accepted = 0;
        long duplicate = 0;
        long late = 0;
        long refused = 0;
        for (int run = 0; run < entries.length; run++) {
            Entry entry = entries[run];
            Machine machine = entry.machine;
            machine.usedAt = nowMillis;
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
                    Chunk.Writer chunk = machine.chunk;
                    if (chunk == null) {
                        chunk = new Chunk.Writer();
                        machine.chunk = chunk;
                        touched.add(machine);
                    }
                    chunk.run(entry.id, 1);
                    chunk.sample(time, batch.value(i));
                }
            }
        }
        return new Received(accepted, duplicate, late, refused);
    }

    private static void insert(Connection connection, List<Machine> touched) throws SQLException {
        List<ChunkTable.Row> rows = new ArrayList<>(touched.size());
        for (Machine machine : touched) {
            rows.add(new ChunkTable.Row(machine.id, Objects.requireNonNull(machine.chunk)));
            machine.chunk = null;
        }
        if (!rows.isEmpty()) {
            ChunkTable.insert(connection, rows, null);
        }
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
            Machine machine = known(series.vm());
            Entry entry = new Entry(id, machine, series);
            entries.put(id, entry);
            machine.series.put(series, entry);
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
