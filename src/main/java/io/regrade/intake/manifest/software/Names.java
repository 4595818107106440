package io.regrade.intake.manifest.software;

/** What a module is called that has no other name than its file's. */
public final class Names {

    private Names() {}

    /** The last part of a path, and of what lies within it. */
    public static String ofFile(String file) {
        int end = Math.max(file.lastIndexOf('/'), Math.max(file.lastIndexOf('\\'), file.lastIndexOf('!')));
        String name = file.substring(end + 1);
        return name.isBlank() ? file : name;
    }
}
