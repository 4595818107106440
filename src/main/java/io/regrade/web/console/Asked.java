package io.regrade.web.console;

import io.vertx.core.MultiMap;
import java.util.Map;

/** What a page is asked for: the names in its path, and the parameters of the query. Immutable by use. */
final class Asked {

    private static final int MOST = 10_000_000;

    private final Map<String, String> path;
    private final MultiMap query;

    Asked(Map<String, String> path, MultiMap query) {
        this.path = Map.copyOf(path);
        this.query = query;
    }

    /** A name in the path. */
    String path(String name) {
        return path.getOrDefault(name, "");
    }

    /** A parameter; the empty text when it was not given. */
    String text(String name) {
        String value = query.get(name);
        return value == null ? "" : value;
    }

    /** A number that is 0 or more; 0 for anything else. */
    int number(String name) {
        String value = text(name);
        return value.matches("[0-9]{1,8}") ? Math.min(MOST, Integer.parseInt(value)) : 0;
    }

    MultiMap query() {
        return query;
    }
}
