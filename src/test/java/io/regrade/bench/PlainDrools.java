package io.regrade.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.fact.Benefit;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.internal.io.ResourceFactory;

/**
 * The standard policy as Drools is commonly used: every target is a fact in every session, and rules find those that
 * fit. The rules are the standard policy's and {@code bench/plain.drl}; there is no trace and no catalogue.
 */
final class PlainDrools implements AutoCloseable {

    private static final String ROOT = "src/main/resources/";

    private final PolicyBundle policy;
    private final KieBase base;

    PlainDrools(PolicyBundle policy) {
        this.policy = policy;
        KieServices services = KieServices.get();
        ReleaseId release = services.newReleaseId("io.regrade.bench", "plain", "1");
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(release);
        policy.files().forEach((name, text) -> write(files, name, text));
        write(files, "bench/plain.drl", plain());
        List<Message> errors = services.newKieBuilder(files)
                .buildAll(ExecutableModelProject.class)
                .getResults()
                .getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.toString());
        }
        this.base = services.newKieContainer(release).getKieBase();
    }

    private static void write(KieFileSystem files, String name, String text) {
        Resource resource = ResourceFactory.newByteArrayResource(text.getBytes(UTF_8));
        resource.setResourceType(name.endsWith(".csv") ? ResourceType.DTABLE : ResourceType.DRL);
        // What was written as sentences is in the rule language by now.
        files.write(ROOT + "plain/" + name + (name.endsWith(".dslr") ? ".drl" : ""), resource);
    }

    private static String plain() {
        try (InputStream in = PlainDrools.class.getResourceAsStream("/bench/plain.drl")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decides a machine among these targets; of the answer, needs and benefits are left empty. */
    Answer decide(VmFacts facts, EvaluationTime time, List<Target> targets, Target current, Simulator simulator) {
        KieSession session = base.newKieSession();
        try {
            return new PlainEvaluation(session, policy, facts, current, simulator).decide(time, targets);
        } finally {
            session.dispose();
        }
    }

    @Override
    public void close() {
        KieServices.get()
                .getRepository()
                .removeKieModule(KieServices.get().newReleaseId("io.regrade.bench", "plain", "1"));
    }

    static double worth(List<Benefit> benefits, Target target) {
        return benefits.stream()
                .filter(benefit -> benefit.target() == target)
                .mapToDouble(Benefit::worthUsdMonth)
                .sorted()
                .sum();
    }
}
