package io.regrade.intake.manifest.found;

import java.util.List;

/**
 * What one file says. Immutable.
 *
 * @param file the file's name
 * @param format what it was recognised as
 * @param declares what it says machines have, in its order
 * @param modules the software in it, in its order
 * @param notes what else is worth telling
 */
public record Analysis(
        String file, Format format, List<Declaration> declares, List<FoundModule> modules, List<Note> notes) {

    /** Copies the lists. */
    public Analysis {
        declares = List.copyOf(declares);
        modules = List.copyOf(modules);
        notes = List.copyOf(notes);
    }

    /** The names of the machines that it describes, in its order. */
    public List<String> systems() {
        return declares.stream().map(Declaration::system).distinct().toList();
    }
}
