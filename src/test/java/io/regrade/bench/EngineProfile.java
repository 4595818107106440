package io.regrade.bench;

import io.regrade.bench.Competitors.Task;
import io.regrade.bench.Competitors.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where an evaluation spends its time, from samples of its stack. */
final class EngineProfile {

    private static final String SAMPLE = "jdk.ExecutionSample";

    /** A part of an evaluation, told by the first of these that any frame of a stack belongs to. */
    enum Part {
        CONSEQUENCES("right-hand sides: conclusions and their sentences", "LambdaConsequence.evaluate"),
        LISTENER("the trace's listener", "DroolsSession.firing"),
        MEMORIES("making the session's node memories", "SegmentMemorySupport", "createNodeMemory"),
        PROPAGATION("facts on their way to the rules", "PropagationEntry", "DroolsSession.insert"),
        CONDITIONS("joins and conditions", "RuleNetworkEvaluator"),
        AGENDA("agenda", "DroolsSession.fire"),
        SESSION("opening and disposing of sessions", "DroolsRules.open", "DroolsSession.close"),
        CATALOGUE("catalogue", "io.regrade.catalog"),
        SIMULATION("simulation", "io.regrade.simulate"),
        EXPLANATION("putting the decision together", "Explanation."),
        REST("the rest", "");

        private final String label;
        private final List<String> marks;

        Part(String label, String... marks) {
            this.label = label;
            this.marks = List.of(marks);
        }

        String label() {
            return label;
        }
    }

    /**
     * What was seen.
     *
     * @param samples how many stacks
     * @param shares the share of each part
     */
    record Shares(int samples, Map<Part, Double> shares) {}

    private EngineProfile() {}

    /** The share of each part, of an evaluation among 2,000 targets; warms up for as long as it then measures. */
    static Shares measure(Duration duration, int targets, int vms) throws IOException {
        World world = World.of(targets, vms, 7);
        Path file = Files.createTempFile("regrade-bench", ".jfr");
        try (Competitors competitors = new Competitors();
                Recording recording = new Recording()) {
            Task task = competitors.task(Way.ENGINE, world);
            run(task, world, duration);
            recording.enable(SAMPLE).withPeriod(Duration.ofMillis(10));
            recording.start();
            run(task, world, duration);
            recording.stop();
            recording.dump(file);
            return shares(file);
        } finally {
            Files.delete(file);
        }
    }

    private static void run(Task task, World world, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (int i = 0; System.nanoTime() < end; i = (i + 1) % world.vms().size()) {
            task.decide(world.vms().get(i), world.time());
        }
    }

    private static Shares shares(Path file) throws IOException {
        Map<Part, Double> shares = new EnumMap<>(Part.class);
        int all = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                String stack = stack(recording.readEvent());
                if (stack.contains("Evaluator.evaluate")) {
                    shares.merge(part(stack), 1.0, Double::sum);
                    all++;
                }
            }
        }
        int samples = Math.max(all, 1);
        shares.replaceAll((part, count) -> count / samples);
        return new Shares(all, shares);
    }

    private static String stack(RecordedEvent event) {
        StringBuilder stack = new StringBuilder();
        if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
            for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                stack.append(frame.getMethod().getType().getName())
                        .append('.')
                        .append(frame.getMethod().getName())
                        .append('\n');
            }
        }
        return stack.toString();
    }

    private static Part part(String stack) {
        for (Part part : Part.values()) {
            for (String mark : part.marks) {
                if (stack.contains(mark)) {
                    return part;
                }
            }
        }
        return Part.REST;
    }
}
