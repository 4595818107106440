package io.regrade.intake.manifest.found;

import io.regrade.fact.Attribute;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.SoftwareModule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a file says while it is read; bounded. Not safe for use by two threads at a time. */
public final class Findings {

    private static final int MAX = 20_000;
    /** As long as the name of a host may be. */
    private static final int NAME_CHARS = 253;

    private final List<Declaration> declares = new ArrayList<>();
    private final List<Module> modules = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    /** A machine has so much of a resource; what is no amount that a machine can have becomes a note. */
    public void amount(String system, Resource resource, double amount, Place place) {
        if (!(amount >= 0) || Double.isInfinite(amount)) {
            note("the amount of `" + resource.key() + "` is none that a machine can have", place);
        } else {
            declare(Declaration.amount(name(system), resource, amount, place));
        }
    }

    /** A machine has this property; nothing when the value is null. */
    public void text(String system, Attribute attribute, @Nullable String value, Place place) {
        if (value != null && !value.isBlank()) {
            declare(Declaration.text(name(system), attribute, ManifestException.shorten(value.strip()), place));
        }
    }

    private static String name(String system) {
        return ManifestException.plain(system.strip(), NAME_CHARS);
    }

    private void declare(Declaration declaration) {
        check(declares, declaration.place());
        declares.add(declaration);
    }

    /** Software that was found; what it needs is told to the answer. */
    public Module module(String name, @Nullable String version, Place place) {
        check(modules, place);
        Module module = new Module(
                name.isBlank() ? "unnamed" : ManifestException.shorten(name.strip()),
                version == null || version.isBlank() ? null : ManifestException.shorten(version.strip()),
                place);
        modules.add(module);
        return module;
    }

    /** Something worth telling. */
    public void note(String text, Place place) {
        if (notes.size() < MAX) {
            notes.add(new Note(text, place));
        }
    }

    private static void check(List<?> list, Place place) {
        if (list.size() >= MAX) {
            throw new ManifestException(place, "more than " + MAX + " things are said here, which is the limit");
        }
    }

    /** All that was found; a module that says the same as another one is left out. */
    public Analysis of(String file, Format format) {
        return new Analysis(
                file,
                format,
                declares,
                modules.stream().map(Module::found).distinct().toList(),
                notes);
    }

    /** A module while it is read. */
    public final class Module {
        private final String name;
        private final @Nullable String version;
        private final Place place;
        private final List<FoundRequirement> requires = new ArrayList<>();

        Module(String name, @Nullable String version, Place place) {
            this.name = name;
            this.version = version;
            this.place = place;
        }

        /** It needs at least so much, in the resource's unit; nothing when the amount is no amount or zero. */
        public void atLeast(Resource resource, double amount, Place where) {
            if (amount > 0 && !Double.isInfinite(amount)) {
                add(Requirement.atLeast(resource, amount, source()), where);
            }
        }

        /**
         * It needs exactly this, or one of several separated by {@code |}; nothing when the value is null, or none that
         * the attribute can have.
         */
        public void equal(Attribute attribute, @Nullable String value, Place where) {
            if (value != null && !value.isBlank()) {
                try {
                    String text = attribute.key() + "=" + ManifestException.shorten(value.strip());
                    add(Requirement.parse(text, source()), where);
                } catch (IllegalArgumentException e) {
                    note("`" + ManifestException.shorten(value) + "` is no `" + attribute.key() + "`", where);
                }
            }
        }

        /** It needs at least this release of a system. */
        public void osAtLeast(OperatingSystem os, Place where) {
            add(Requirement.osAtLeast(os.toString(), source()), where);
        }

        private void add(Requirement requirement, Place where) {
            check(requires, where);
            boolean known =
                    requires.stream().anyMatch(one -> one.requirement().text().equals(requirement.text()));
            if (!known) {
                requires.add(new FoundRequirement(requirement, where));
            }
        }

        private String source() {
            return SoftwareModule.source(name, version);
        }

        private FoundModule found() {
            return new FoundModule(name, version, place, requires);
        }
    }
}
