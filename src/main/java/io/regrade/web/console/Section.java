package io.regrade.web.console;

/** The parts of the console, in the order of its navigation. */
public enum Section {
    FLEET("/", "Fleet", "f"),
    RECOMMENDATIONS("/recommendations", "Recommendations", "r"),
    PLANS("/plans", "Plans", "l"),
    POLICIES("/policies", "Policies", "p"),
    AUDIT("/audit", "Audit", "a"),
    OPERATIONS("/operations", "Operations", "o");

    private final String path;
    private final String title;
    private final String key;

    Section(String path, String title, String key) {
        this.path = path;
        this.title = title;
        this.key = key;
    }

    /** Where it is. */
    public String path() {
        return path;
    }

    /** What it is called. */
    public String title() {
        return title;
    }

    /** The key that opens it, after {@code g}. */
    public String key() {
        return key;
    }
}
