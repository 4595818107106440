package io.regrade.engine.drools;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.RuleSource;
import io.regrade.policy.gate.Admission;
import io.regrade.policy.gate.AllowList;
import io.regrade.policy.gate.Finding;
import io.regrade.policy.gate.PolicyGate;
import io.regrade.policy.gate.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.compiler.kie.builder.impl.MemoryKieModule;
import org.drools.modelcompiler.CanonicalKieModule;

/** Passes what Drools compiled through the gate, before a class of it is loaded. Thread-safe. */
final class DroolsGate {

    private static final String CLASS = ".class";
    private static final Pattern RULE = Pattern.compile(".*/Lambda(Predicate|Consequence|Extractor)[0-9A-F]{32}");
    private static final Pattern FUNCTIONS = Pattern.compile(".*/Rules[0-9A-F]{32}");
    private static final Pattern ASSEMBLY = Pattern.compile("(.*/Rules[0-9A-F]{32}RuleMethods\\d+"
            + "|.*/DomainClassesMetadata[0-9A-F]{32}(\\$\\w+_Metadata)?"
            + "|([\\w/]+/)?ProjectModel_\\w+)");

    private static final AllowList RULES =
            AllowList.ofRules().and(AllowList.read(DroolsGate.class, "generated-rules.txt"));
    private static final PolicyGate GATE = new PolicyGate(
            RULES, RULES.and(AllowList.read(DroolsGate.class, "generated-assembly.txt")), DroolsGate::role);

    private DroolsGate() {}

    static Role role(String type) {
        return RULE.matcher(type).matches()
                ? Role.RULE
                : FUNCTIONS.matcher(type).matches()
                        ? Role.FUNCTIONS
                        : ASSEMBLY.matcher(type).matches() ? Role.ASSEMBLY : Role.UNKNOWN;
    }

    /**
     * Lets a compiled policy in: its classes are replaced by ones that can be stopped.
     *
     * @return which rules its classes belong to
     * @throws PolicyException with everything that is not let in, at the rules' lines
     */
    static RuleOrigins admit(PolicyBundle policy, InternalKieModule module) {
        Admission admission = judge(policy, module);
        MemoryKieModule files = (MemoryKieModule) ((CanonicalKieModule) module).getInternalKieModule();
        admission
                .rewritten()
                .forEach((type, bytes) -> files.getMemoryFileSystem().write(type + CLASS, bytes, true));
        return new RuleOrigins(policy, admission.uses());
    }

    /**
     * Judges a compiled policy, and leaves it as it is.
     *
     * @throws PolicyException with everything that is not let in, at the rules' lines
     */
    static Admission judge(PolicyBundle policy, InternalKieModule module) {
        Map<String, byte[]> classes = new HashMap<>();
        for (String file : module.getFileNames()) {
            if (file.endsWith(CLASS)) {
                classes.put(file.substring(0, file.length() - CLASS.length()), module.getBytes(file));
            }
        }
        Admission admission = GATE.admit(classes);
        if (!admission.findings().isEmpty()) {
            RuleOrigins origins = new RuleOrigins(policy, admission.uses());
            throw new PolicyException(diagnostics(policy, admission.findings(), origins));
        }
        return admission;
    }

    private static List<Diagnostic> diagnostics(PolicyBundle policy, List<Finding> findings, RuleOrigins origins) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (Finding finding : findings) {
            List<RuleSource> rules = origins.of(finding.type(), finding.method());
            for (RuleSource rule : rules) {
                diagnostics.add(Diagnostic.error(
                        finding.code(),
                        rule.file(),
                        Mention.line(rule, finding.token()),
                        finding.words() + ", in rule `" + rule.name() + "`"));
            }
            if (rules.isEmpty()) {
                diagnostics.add(Mention.anywhere(policy, finding));
            }
        }
        return diagnostics.stream().distinct().toList();
    }
}
