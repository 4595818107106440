package io.regrade.pipeline;

import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Asker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question: what to do with these machines?
 *
 * @param vms the machines
 * @param targets what they can be moved to, null for the targets that are held
 * @param policy {@code name} or {@code name@digest}, null for the default
 * @param record whether the decisions are kept; otherwise it is a "what if" that leaves nothing behind
 * @param time the one moment all are decided at
 * @param asker who asks
 */
public record DecideRequest(
        List<Asked> vms,
        @Nullable List<Target> targets,
        @Nullable String policy,
        boolean record,
        EvaluationTime time,
        Asker asker) {

    /** Copies the lists. */
    public DecideRequest {
        vms = List.copyOf(vms);
        targets = targets == null ? null : List.copyOf(targets);
    }

    /** A machine, given or named. */
    public sealed interface Asked {

        /** Everything that is known of it. */
        record Given(VmFacts facts) implements Asked {}

        /**
         * The machine that is held under this id.
         *
         * @param pointer where in the request it is named
         */
        record Held(String id, String pointer) implements Asked {}
    }
}
