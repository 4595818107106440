package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is live of one policy: to look at.
 *
 * @param active what decides; its rules may be used only under a lease
 * @param before what decided before it, newest first, as far as it is held ready
 * @param canary what decides a share of the machines instead, null for none
 * @param share how many machines, percent; 0 without a canary
 */
public record LiveVersions(
        ReadyPolicy active,
        List<PolicyRef> before,
        @Nullable PolicyRef canary,
        double share) {

    static LiveVersions of(PolicyVersions versions) {
        CountedPolicy canary = versions.canary();
        return new LiveVersions(
                versions.active().policy(),
                versions.before().stream().map(one -> one.policy().ref()).toList(),
                canary == null ? null : canary.policy().ref(),
                versions.share().percent());
    }
}
