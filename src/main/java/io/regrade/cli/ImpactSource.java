package io.regrade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.Fleet;
import io.regrade.pipeline.impact.FleetSubjects;
import io.regrade.pipeline.impact.Setting;
import io.regrade.pipeline.impact.StreamSubjects;
import io.regrade.pipeline.impact.Subjects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the machines come from that policies are compared over. Used by one thread. */
final class ImpactSource implements AutoCloseable {

    /** Machines or decisions that a server is asked for at a time: the most that it gives. */
    private static final int PAGE = 500;

    private final Subjects subjects;
    private final @Nullable SortedMap<String, String> active;
    private final @Nullable InputStream in;

    /** Exactly one place. */
    static final class Asked {

        @Option(names = "--fleet", paramLabel = "DIR", description = "Compare over the machines of a fleet directory.")
        @Nullable
        Path fleet;

        @Option(names = "--server", paramLabel = "URL", description = "Compare over the machines that a server holds.")
        @Nullable
        String server;

        @Option(
                names = "--facts",
                paramLabel = "FILE",
                description = "Compare over facts as `GET /v1/facts` answers them, NDJSON; - is standard input.")
        @Nullable
        Path facts;
    }

    /**
     * What is wanted of a server.
     *
     * @param decisions past decisions instead of the machines it holds
     * @param from decided at this moment or later, null for any
     * @param until decided before this moment, null for any
     * @param policy the policy whose active version is wanted too, null for the default
     */
    record Wanted(
            boolean decisions,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String policy) {

        String path() {
            return "/v1/facts?limit=" + PAGE + (decisions ? "&of=decisions" : "") + of("from", from)
                    + of("until", until) + of("policy", policy);
        }

        private static String of(String name, @Nullable Object value) {
            return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value.toString(), UTF_8);
        }
    }

    private ImpactSource(Subjects subjects) {
        this.subjects = subjects;
        this.active = null;
        this.in = null;
    }

    private ImpactSource(InputStream in, String name) {
        StreamSubjects lines = new StreamSubjects(in, name);
        this.subjects = lines;
        this.active = lines.active();
        this.in = in;
    }

    static ImpactSource fleet(Path directory, EvaluationTime time) {
        Fleet fleet = FleetWork.read(directory);
        return new ImpactSource(new FleetSubjects(fleet.vms(), Setting.of(fleet.targets(), fleet.pricing()), time));
    }

    static ImpactSource standardInput() {
        return new ImpactSource(System.in, "standard input");
    }

    static ImpactSource file(Path file) {
        try {
            return new ImpactSource(Files.newInputStream(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ImpactSource server(String server, Wanted wanted) {
        return new ImpactSource(new SequenceInputStream(new Pages(new ServerClient(server), wanted.path())), server);
    }

    Subjects subjects() {
        return subjects;
    }

    /** The files of the policy in force, where the machines come with it. */
    @Nullable
    SortedMap<String, String> active() {
        return active;
    }

    @Override
    public void close() {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages of a server, each asked for when the one before was read. */
    private static final class Pages implements Enumeration<InputStream> {

        private final ServerClient client;
        private @Nullable String next;

        Pages(ServerClient client, String first) {
            this.client = client;
            this.next = first;
        }

        @Override
        public boolean hasMoreElements() {
            return next != null;
        }

        @Override
        public InputStream nextElement() {
            String path = next;
            if (path == null) {
                throw new NoSuchElementException();
            }
            try {
                ServerClient.Page page = client.page(path);
                next = page.next();
                return new ByteArrayInputStream(page.body());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException("interrupted", new IOException(e));
            }
        }
    }
}
