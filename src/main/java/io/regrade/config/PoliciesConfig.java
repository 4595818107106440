package io.regrade.config;

import io.regrade.tlog.VerifierKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where policies are, and which one decides what.
 *
 * @param directory a policy, or a directory of policies
 * @param byDefault the policy that decides when neither the request nor the machine names one
 * @param kept versions of a policy that stay loaded, the active one counted
 * @param watch whether the directory is looked at while the server runs
 * @param onChange what is done about a sound change of it
 * @param shadowQueue decisions that may wait to be made a second time by a shadow
 * @param shadowBusy the part of one core that shadows may take, percent
 * @param choose which machines a policy is for, in the order in which they are tried
 * @param approvals how many others than its authors have to approve a draft; 0 lets them approve their own
 * @param trustedKeys the public keys that a policy must be signed with, one is enough; empty: none need be signed
 */
public record PoliciesConfig(
        Path directory,
        String byDefault,
        int kept,
        boolean watch,
        OnChange onChange,
        int shadowQueue,
        int shadowBusy,
        List<Choose> choose,
        int approvals,
        List<VerifierKey> trustedKeys) {

    /** How often the directory is looked at, milliseconds; a change is taken over when it is the same at two looks. */
    public static final int LOOK_MILLIS = 1000;

    /** What is done about a sound change of the rules on disk. */
    public enum OnChange {
        ACTIVATE,
        REPORT
    }

    /**
     * Machines that a policy is for; both conditions hold where both are given.
     *
     * @param tag the name of a tag, null for any machine
     * @param value the tag's value, null when {@code tag} is
     * @param owner who answers for the machine, null for anybody
     * @param policy the policy's name
     * @param place where it is written, as the start of a problem
     */
    public record Choose(
            @Nullable String tag,
            @Nullable String value,
            @Nullable String owner,
            String policy,
            String place) {}

    /** Copies the lists. */
    public PoliciesConfig {
        choose = List.copyOf(choose);
        trustedKeys = List.copyOf(trustedKeys);
    }

    /** Whether files that changed decide from the next start on. */
    public boolean filesDecide() {
        return !watch || onChange == OnChange.ACTIVATE;
    }

    /** This with another directory. */
    public PoliciesConfig in(Path other) {
        return new PoliciesConfig(
                other, byDefault, kept, watch, onChange, shadowQueue, shadowBusy, choose, approvals, trustedKeys);
    }
}
