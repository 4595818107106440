package io.regrade.fact;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a virtual machine and a target have in common: the properties that a {@link Requirement} is about. */
public sealed interface Machine permits Vm, Target {

    String id();

    /** The cloud's name, null when unknown. */
    @Nullable
    String cloud();

    @Nullable
    String region();

    /** The instance type's name, null when it has none. */
    @Nullable
    String type();

    /** Processor architecture such as {@code x86_64}, null when unknown. */
    @Nullable
    String arch();

    Capacity capacity();

    @Nullable
    OperatingSystem os();

    Set<String> features();

    /** Price in US dollars an hour, NaN when unknown. */
    double priceUsdHour();

    /** The instance family: the type's name up to its first dot, or null when there is no type. */
    default @Nullable String family() {
        String type = type();
        if (type == null) {
            return null;
        }
        int dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }
}
