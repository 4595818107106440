package io.regrade.intake.manifest.found;

import io.regrade.fact.SoftwareModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of software and what it needs.
 *
 * @param name the module's name
 * @param version its version, null when unknown
 * @param place where it was found
 * @param requires what it needs
 */
public record FoundModule(String name, @Nullable String version, Place place, List<FoundRequirement> requires) {

    /** Copies the list. */
    public FoundModule {
        requires = List.copyOf(requires);
    }

    /** The module as rules see it. */
    public SoftwareModule fact() {
        return new SoftwareModule(
                name, version, requires.stream().map(FoundRequirement::fact).toList());
    }
}
