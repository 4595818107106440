package io.regrade.pipeline;

import io.regrade.fact.Vm;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which policy decides a machine when the request names none: the one that its tag {@code policy} names, or else the one
 * of the first rule that it fits, or else the default. A name that is no policy here is passed over, as an environment
 * without limits of its own is. Immutable.
 *
 * @param byDefault the default's name
 * @param rules in the order in which they are tried
 */
public record PolicyChoice(String byDefault, List<Rule> rules) {

    /** The tag by which a machine names its policy. */
    public static final String TAG = "policy";

    /**
     * Machines that a policy is for; both conditions hold where both are given.
     *
     * @param tag the name of a tag, null for any machine
     * @param value the tag's value; null when {@code tag} is
     * @param owner who answers for the machine, null for anybody
     * @param policy the policy's name
     */
    public record Rule(
            @Nullable String tag,
            @Nullable String value,
            @Nullable String owner,
            String policy) {

        boolean fits(Vm vm) {
            return (tag == null || vm.tag(tag).equals(value)) && (owner == null || owner.equals(vm.owner()));
        }
    }

    /** Copies the rules. */
    public PolicyChoice {
        rules = List.copyOf(rules);
    }

    /** The default for every machine that names no other. */
    public static PolicyChoice of(String byDefault) {
        return new PolicyChoice(byDefault, List.of());
    }

    /** The name of the policy that decides a machine, one of those that are there. */
    String of(Vm vm, Set<String> there) {
        String named = vm.tag(TAG);
        if (!named.isEmpty() && there.contains(named)) {
            return named;
        }
        for (Rule rule : rules) {
            if (rule.fits(vm) && there.contains(rule.policy)) {
                return rule.policy;
            }
        }
        return byDefault;
    }
}
