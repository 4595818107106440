package io.regrade.policy.gate;

import java.util.List;
import java.util.Map;

/**
 * What the gate says of a policy's classes.
 *
 * @param findings what is not let in; the policy is only when there is none
 * @param uses what each method touches
 * @param rewritten the classes as they may be loaded, by internal name; empty when something is not let in
 */
public record Admission(List<Finding> findings, List<MethodUses> uses, Map<String, byte[]> rewritten) {

    public Admission {
        findings = List.copyOf(findings);
        uses = List.copyOf(uses);
        rewritten = Map.copyOf(rewritten);
    }
}
