package io.regrade.pipeline.child;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regrade.ledger.DraftRun.State;
import io.regrade.ledger.DraftRun.Stop;
import io.regrade.pipeline.DraftWork;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the Java that runs this, with the same class path and a heap of its own, in a directory with nothing but the
 * files it is given and with an empty environment, and kills it with all that it started when it takes more than it may. Thread-safe; closing it kills what
 * runs.
 *
 * <p>This bounds memory, time and output. It is no wall: the process has the rights of the server's user.
 */
public final class ChildJvm implements DraftWork, AutoCloseable {

    /** The property that tells a process after how many seconds it ends itself, should nobody be there to end it. */
    public static final String DEADLINE = "regrade.deadline.seconds";

    private static final Logger LOG = LoggerFactory.getLogger(ChildJvm.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What Java ends with under {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;
    /** What a process ends with that the system killed, as it does when its memory runs out. */
    private static final int KILLED = 137;

    private static final int TOLD = 4000;
    private static final int GRACE_SECONDS = 5;

    private final String mainClass;
    private final ChildLimits limits;
    private final Homes homes = new Homes();
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /**
     * Starts this program.
     *
     * @param mainClass its entry point
     */
    public ChildJvm(String mainClass, ChildLimits limits) {
        this.mainClass = mainClass;
        this.limits = limits;
    }

    @Override
    public Outcome run(Task task, Consumer<String> progress) throws InterruptedException {
        String name = Homes.name(task.files());
        try {
            Path home = homes.take(name);
            try {
                return run(task, home, progress);
            } finally {
                homes.giveBack(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a process for a draft cannot be started", e);
        }
    }

    private Outcome run(Task task, Path home, Consumer<String> progress) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("regrade-draft");
        try {
            for (Map.Entry<String, byte[]> file : task.files().entrySet()) {
                Files.write(directory.resolve(file.getKey()), file.getValue());
            }
            return run(task, home, directory, progress);
        } finally {
            Homes.remove(directory);
        }
    }

    private Outcome run(Task task, Path home, Path directory, Consumer<String> progress)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(task, home, directory)).directory(directory.toFile());
        builder.environment().clear();
        Process process = builder.start();
        running.add(process);
        try {
            Output out = new Output(process.getInputStream(), limits.outputBytes(), progress, () -> kill(process));
            Output err = new Output(process.getErrorStream(), limits.outputBytes(), line -> {}, () -> kill(process));
            AtomicReference<RuntimeException> unfed = feed(process, task.input());
            boolean ended = process.waitFor(limits.seconds(), TimeUnit.SECONDS);
            kill(process);
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
            String told = out.text();
            String errors = err.text();
            if (!ended) {
                return stopped(
                        "time-limit",
                        "it ran for more than " + limits.seconds()
                                + " s, which is the limit (`seconds` of `drafts`), and was killed");
            }
            RuntimeException failure = unfed.get();
            if (failure != null) {
                LOG.warn("what a draft is measured over could not be read", failure);
                return stopped("failed", "what it is measured over could not be read");
            }
            if (out.isTooMuch() || err.isTooMuch()) {
                return stopped("output-limit", "it wrote more than " + limits.outputBytes() + " bytes, and was killed");
            }
            return outcome(process.exitValue(), told, errors);
        } finally {
            kill(process);
            running.remove(process);
        }
    }

    private List<String> command(Task task, Path home, Path directory) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + limits.heapMib() + "m",
                "-Xss1m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-D" + DEADLINE + "=" + (limits.seconds() + GRACE_SECONDS),
                "-Dregrade.home=" + home,
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                classPath(),
                mainClass));
        command.addAll(task.arguments());
        return command;
    }

    /** The class path of this process, whose relative parts start at another directory there. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Writes what the process reads; whoever gets only part of it must not give an answer, and is killed. */
    private static AtomicReference<RuntimeException> feed(Process process, @Nullable Input input) {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Thread writer = new Thread(
                () -> {
                    // Closed only when all is written: a cut input must not look like a whole one.
                    OutputStream out = process.getOutputStream();
                    try {
                        if (input != null) {
                            input.write(out);
                        }
                        out.close();
                    } catch (IOException e) {
                        LOG.debug("a process for a draft read no further: {}", e.getMessage());
                    } catch (RuntimeException e) {
                        failure.set(e);
                        kill(process);
                    }
                },
                "regrade-draft-input");
        writer.setDaemon(true);
        writer.start();
        return failure;
    }

    private Outcome outcome(int exit, String told, String errors) {
        String json = json(told);
        return switch (exit) {
            case 0 -> new Outcome(State.PASSED, json, null);
            case 1 -> new Outcome(State.FAILED, json, null);
            case 2 -> new Outcome(State.FAILED, json == null ? error(errors) : json, null);
            case OUT_OF_MEMORY, KILLED ->
                stopped(
                        "memory-limit",
                        "it needed more memory than it may have, " + limits.heapMib()
                                + " MiB of heap (`heap_mib` of `drafts`)");
            default -> {
                LOG.warn("a process for a draft ended with {}: {}", exit, errors);
                yield stopped("failed", "the process ended with " + exit + " and gave no answer");
            }
        };
    }

    private static Outcome stopped(String kind, String detail) {
        return new Outcome(State.STOPPED, null, new Stop(kind, detail));
    }

    private static @Nullable String json(String told) {
        try {
            String compact = told.isBlank() ? "" : MAPPER.readTree(told).toString();
            return compact.isEmpty() ? null : compact;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String error(String errors) {
        String message = errors.strip();
        return JsonNodeFactory.instance
                .objectNode()
                .put("error", message.length() > TOLD ? message.substring(0, TOLD) + "…" : message)
                .toString();
    }

    /** Kills a process and all that it started. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        running.forEach(ChildJvm::kill);
        homes.close();
    }
}
