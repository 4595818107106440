package io.regrade.engine.drools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.engine.BreachListener;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.drools.drl.Constructs;
import io.regrade.engine.drools.drl.DrlStructureReader;
import io.regrade.policy.DecisionTable;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.budget.BudgetLimits;
import io.regrade.policy.check.RuleChecks;
import io.regrade.policy.gate.RuleInventory;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.drools.compiler.compiler.io.memory.MemoryFileSystem;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.MemoryKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.drools.util.PortablePath;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieBaseConfiguration;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.builder.model.KieModuleModel;
import org.kie.api.conf.KieBaseMutabilityOption;
import org.kie.api.io.Resource;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieContainer;
import org.kie.internal.io.ResourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles rule files with Drools' executable model, or takes what was compiled before from a cache. When that finds
 * errors the same files are compiled the classic way, whose errors carry lines. Thread-safe.
 */
public final class DroolsCompiler implements RuleCompiler {

    private static final Logger LOG = LoggerFactory.getLogger(DroolsCompiler.class);
    private static final String ROOT = "src/main/resources/";
    /** Drools has one repository of modules a process; a module is in it only while its container is made. */
    private static final Object REPOSITORY = new Object();

    private final @Nullable CompiledCache cache;
    private final VettedRules vetted = new VettedRules();
    private final BudgetLimits limits;

    private final BreachListener listener;

    /** Compiles every time. */
    public DroolsCompiler() {
        this(BudgetLimits.DEFAULT, BreachListener.NONE);
    }

    /** Compiles every time, for evaluations that may spend so much. */
    public DroolsCompiler(BudgetLimits limits, BreachListener listener) {
        this((CompiledCache) null, limits, listener);
    }

    /**
     * Keeps what it compiles in a directory, and takes it from there the next time.
     *
     * @param key the file with the key that seals it, outside of that directory; made when there is none
     */
    public DroolsCompiler(Path cacheDirectory, Path key) {
        this(CompiledCache.ofThisBuild(cacheDirectory, key), BudgetLimits.DEFAULT, BreachListener.NONE);
    }

    DroolsCompiler(CompiledCache cache) {
        this(cache, BudgetLimits.DEFAULT, BreachListener.NONE);
    }

    private DroolsCompiler(@Nullable CompiledCache cache, BudgetLimits limits, BreachListener listener) {
        this.cache = cache;
        this.limits = limits;
        this.listener = listener;
    }

    @Override
    public DroolsCompiler within(BudgetLimits other, BreachListener told) {
        return new DroolsCompiler(cache, other, told);
    }

    @Override
    public CompiledRules compile(PolicyBundle policy) {
        byte[] archive = cache == null ? null : cache.read(policy);
        if (cache != null && archive != null) {
            try {
                return ready(policy, cached(policy, archive));
            } catch (RuntimeException | LinkageError e) {
                LOG.debug("a compiled policy cannot be used and is compiled again", e);
                cache.remove(policy);
            }
        }
        PolicyStructure structure = structure(policy);
        List<Diagnostic> problems = found(policy, structure);
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new PolicyException(problems);
        }
        InternalKieModule module = compiled(policy);
        byte[] fresh =
                cache == null ? null : module.getBytes(); // as compiled: it passes the gate each time it is loaded
        DroolsRules rules = ready(policy, module);
        vetted.add(policy, structure, structure.rules());
        if (cache != null && fresh != null) {
            cache.write(policy, fresh);
        }
        return rules;
    }

    @Override
    public CompiledRules compileCopies(PolicyBundle policy) {
        List<Diagnostic> problems = DrlStructureReader.ofCopies().read(policy).problems();
        if (!problems.isEmpty()) {
            throw new PolicyException(problems);
        }
        return ready(policy, compiled(policy));
    }

    @Override
    public List<RuleInventory> inventory(PolicyBundle policy) {
        List<Diagnostic> problems = found(policy, structure(policy));
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new PolicyException(problems);
        }
        return Inventories.of(policy, DroolsGate.judge(policy, compiled(policy)).uses());
    }

    @Override
    public PolicyStructure structure(PolicyBundle policy) {
        return new DrlStructureReader().read(policy);
    }

    @Override
    public List<Diagnostic> check(PolicyBundle policy, PolicyStructure structure) {
        List<Diagnostic> problems = new ArrayList<>(found(policy, structure));
        if (problems.stream().anyMatch(problem -> problem.code().equals(Constructs.CODE))) {
            return problems.stream().distinct().sorted().toList(); // nothing of it is given to the compiler
        }
        Set<RuleStructure> rest = vetted.unknown(policy, structure);
        rest.removeAll(Remainder.wrong(structure, problems));
        if (!rest.isEmpty() && (cache == null || cache.read(policy) == null)) {
            try {
                DroolsGate.judge(policy, compiled(Remainder.of(policy, structure, rest)));
                vetted.add(policy, structure, rest);
            } catch (PolicyException e) {
                problems.addAll(e.diagnostics());
            }
        }
        return problems.stream().distinct().sorted().toList();
    }

    /** What is wrong with the rules as far as it can be told without Drools' compiler, with exact places. */
    static List<Diagnostic> found(PolicyBundle policy, PolicyStructure structure) {
        List<Diagnostic> problems = new ArrayList<>(RuleChecks.of(policy, structure));
        try {
            ConclusionCheck.of(policy, structure)
                    .forEach(one -> problems.add(DecisionTable.named(one, policy.files())));
        } catch (StackOverflowError | OutOfMemoryError e) {
            problems.add(Diagnostics.failed(policy, e));
        }
        return problems;
    }

    /** The same policy always has the same name: what is compiled refers to it. */
    private static ReleaseId release(PolicyBundle policy) {
        String digest = policy.digest();
        return KieServices.get()
                .newReleaseId("io.regrade.policy", "policy", "1." + digest.substring(digest.length() - 16));
    }

    static InternalKieModule compiled(PolicyBundle policy) {
        KieServices services = KieServices.get();
        ReleaseId release = release(policy);
        synchronized (REPOSITORY) {
            try {
                KieBuilder builder = services.newKieBuilder(fileSystem(services, release, policy))
                        .buildAll(ExecutableModelProject.class);
                if (builder.getResults().hasMessages(Message.Level.ERROR)) {
                    List<Message> fallback = builder.getResults().getMessages(Message.Level.ERROR);
                    throw new PolicyException(diagnose(services, release, policy, fallback));
                }
                return (InternalKieModule) builder.getKieModule();
            } catch (PolicyException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                LOG.debug("the compiler failed", e);
                throw new PolicyException(List.of(Diagnostics.failed(policy, e)));
            } finally {
                services.getRepository().removeKieModule(release);
            }
        }
    }

    private static InternalKieModule cached(PolicyBundle policy, byte[] archive) {
        KieModuleModel model = KieServices.get().newKieModuleModel();
        model.newKieBaseModel("policy")
                .setDefault(true)
                .addPackage("*")
                .newKieSessionModel("session")
                .setDefault(true);
        return new CanonicalKieModule(new MemoryKieModule(release(policy), model, files(archive)));
    }

    /** What an archive holds. Drools' own reader takes one byte at a time. */
    private static MemoryFileSystem files(byte[] archive) {
        MemoryFileSystem files = new MemoryFileSystem();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    files.write(PortablePath.of(entry.getName()), zip.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private DroolsRules ready(PolicyBundle policy, InternalKieModule module) {
        RuleOrigins origins = DroolsGate.admit(policy, module);
        Loaded loaded = loaded(module);
        BudgetedJoins.in(loaded.base());
        return new DroolsRules(
                loaded.container(), loaded.base(), origins, limits, breach -> listener.exceeded(policy.name(), breach));
    }

    /** What is made of a module: from here on its classes run. */
    record Loaded(KieContainer container, KieBase base) {}

    static Loaded loaded(InternalKieModule module) {
        KieServices services = KieServices.get();
        synchronized (REPOSITORY) {
            services.getRepository().addKieModule(module);
            try {
                KieContainer container = services.newKieContainer(module.getReleaseId());
                KieBaseConfiguration configuration = services.newKieBaseConfiguration();
                configuration.setOption(KieBaseMutabilityOption.DISABLED);
                return new Loaded(container, container.newKieBase(configuration));
            } finally {
                services.getRepository().removeKieModule(module.getReleaseId());
            }
        }
    }

    private static KieFileSystem fileSystem(KieServices services, ReleaseId release, PolicyBundle policy) {
        KieFileSystem files = services.newKieFileSystem();
        files.generateAndWritePomXML(release);
        policy.files().forEach((name, text) -> {
            Resource resource = ResourceFactory.newByteArrayResource(text.getBytes(UTF_8));
            resource.setResourceType(name.endsWith(".csv") ? ResourceType.DTABLE : ResourceType.DRL);
            // What was written as sentences is in the rule language by now.
            String path = ROOT + "policy/" + name + (name.endsWith(".dslr") ? ".drl" : "");
            resource.setSourcePath(path);
            files.write(path, resource);
        });
        return files;
    }

    private static List<Diagnostic> diagnose(
            KieServices services, ReleaseId release, PolicyBundle policy, List<Message> fallback) {
        KieBuilder classic =
                services.newKieBuilder(fileSystem(services, release, policy)).buildAll(DrlProject.class);
        List<Message> messages = classic.getResults().getMessages(Message.Level.ERROR);
        return Diagnostics.of(policy, messages.isEmpty() ? fallback : messages);
    }
}
