package io.regrade.engine.drools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.conf.KieBaseMutabilityOption;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieContainer;
import org.kie.internal.io.ResourceFactory;

/**
 * Compiles rule files with Drools' executable model. When that finds errors the same files are compiled the classic
 * way, whose errors carry lines. Thread-safe.
 */
public final class DroolsCompiler implements RuleCompiler {

    private static final String ROOT = "src/main/resources/";
    private static final AtomicLong SERIAL = new AtomicLong();

    @Override
    public CompiledRules compile(PolicyBundle policy) {
        KieServices services = KieServices.get();
        ReleaseId release = services.newReleaseId("io.regrade.policy", "policy", "1." + SERIAL.incrementAndGet());
        KieFileSystem files = fileSystem(services, release, policy);
        KieBuilder builder = services.newKieBuilder(files).buildAll(ExecutableModelProject.class);
        if (builder.getResults().hasMessages(Message.Level.ERROR)) {
            List<Message> fallback = builder.getResults().getMessages(Message.Level.ERROR);
            throw new PolicyException(diagnose(services, release, policy, fallback));
        }
        KieContainer container = services.newKieContainer(release);
        KieBaseConfiguration configuration = services.newKieBaseConfiguration();
        configuration.setOption(KieBaseMutabilityOption.DISABLED);
        KieBase base = container.newKieBase(configuration);
        return new DroolsRules(container, base, release);
    }

    private static KieFileSystem fileSystem(KieServices services, ReleaseId release, PolicyBundle policy) {
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(release);
        policy.files().forEach((name, text) -> {
            Resource resource = ResourceFactory.newByteArrayResource(text.getBytes(UTF_8));
            resource.setResourceType(name.endsWith(".csv") ? ResourceType.DTABLE : ResourceType.DRL);
            resource.setSourcePath(ROOT + "policy/" + name);
            files.write(ROOT + "policy/" + name, resource);
        });
        return files;
    }

    private static List<Diagnostic> diagnose(
            KieServices services, ReleaseId release, PolicyBundle policy, List<Message> fallback) {
        KieBuilder classic =
                services.newKieBuilder(fileSystem(services, release, policy)).buildAll(DrlProject.class);
        List<Message> messages = classic.getResults().getMessages(Message.Level.ERROR);
        services.getRepository().removeKieModule(release);
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Message message : messages.isEmpty() ? fallback : messages) {
            diagnostics.add(Diagnostics.of(message, policy));
        }
        return diagnostics.stream().distinct().sorted().toList();
    }
}
