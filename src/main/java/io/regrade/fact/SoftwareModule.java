package io.regrade.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of software on a virtual machine and what it says it needs.
 *
 * @param name the module's name, such as {@code postgresql}
 * @param version its version, null when unknown
 * @param requires what it states
 */
public record SoftwareModule(String name, @Nullable String version, List<Requirement> requires) {

    /** Copies the list. */
    public SoftwareModule {
        requires = List.copyOf(requires);
    }

    /** How the requirements of a module name who states them, such as {@code module postgresql 15.4}. */
    public static String source(String name, @Nullable String version) {
        return "module " + name + (version == null ? "" : " " + version);
    }

    /** Whether this is the library {@code name} or {@code name-version} asks for, in that version or a newer one. */
    public boolean provides(String library) {
        if (name.equalsIgnoreCase(library)) {
            return true; // also a name that ends like a version, such as `gtk-3`
        }
        int dash = library.lastIndexOf('-');
        boolean versioned = dash > 0 && dash + 1 < library.length() && Character.isDigit(library.charAt(dash + 1));
        String wanted = versioned ? library.substring(0, dash) : library;
        return name.equalsIgnoreCase(wanted)
                && (!versioned
                        || (version != null
                                && OperatingSystem.compareVersions(version, library.substring(dash + 1)) >= 0));
    }
}
