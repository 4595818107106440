package io.regrade.policy.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** Judges all classes of a policy before any of them is loaded. Immutable and thread-safe. */
public final class PolicyGate {

    private final AllowList forRules;
    private final AllowList forAssembly;
    private final Function<String, Role> roles;

    /**
     * A gate for what one engine makes of a policy.
     *
     * @param forRules what conditions and conclusions may touch
     * @param forAssembly what may be touched where rules are put together
     * @param roles says what a class is for by its internal name
     */
    public PolicyGate(AllowList forRules, AllowList forAssembly, Function<String, Role> roles) {
        this.forRules = forRules;
        this.forAssembly = forAssembly;
        this.roles = roles;
    }

    /**
     * Judges a policy.
     *
     * @param classes the bytecode of each class by its internal name
     */
    public Admission admit(Map<String, byte[]> classes) {
        List<Finding> findings = new ArrayList<>();
        List<MethodUses> uses = new ArrayList<>();
        Map<String, byte[]> rewritten = new HashMap<>();
        classes.forEach((name, bytes) -> {
            Role role = roles.apply(name);
            ClassScan scan = new ClassScan(role, forRules, forAssembly, classes.keySet(), roles);
            new ClassReader(bytes).accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            if (!scan.name().equals(name)) {
                scan.construct("", "a class is not the one that it is stored as", "");
            }
            findings.addAll(scan.findings);
            uses.addAll(scan.uses);
        });
        findings.addAll(Recursion.of(uses));
        if (findings.isEmpty()) {
            classes.forEach((name, bytes) -> rewritten.put(name, rewritten(roles.apply(name), bytes)));
        }
        return new Admission(findings, uses, rewritten);
    }

    private static byte[] rewritten(Role role, byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(Rewriting.into(role, writer), 0);
        return writer.toByteArray();
    }
}
