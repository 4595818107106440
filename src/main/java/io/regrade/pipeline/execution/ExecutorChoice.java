package io.regrade.pipeline.execution;

import io.regrade.execute.Executor;
import io.regrade.fact.Vm;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which executor serves which cloud. Immutable.
 *
 * @param byCloud by the cloud's name
 * @param otherwise for machines of any other cloud, null for none
 */
public record ExecutorChoice(
        Map<String, Executor> byCloud, @Nullable Executor otherwise) {

    /** Copies the map. */
    public ExecutorChoice {
        byCloud = Map.copyOf(byCloud);
    }

    /** What changes a machine; empty when nothing does. */
    public Optional<Executor> of(Vm vm) {
        String cloud = vm.cloud();
        Executor own = cloud == null ? null : byCloud.get(cloud);
        return Optional.ofNullable(own == null ? otherwise : own);
    }
}
