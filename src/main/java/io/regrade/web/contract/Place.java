package io.regrade.web.contract;

import org.jspecify.annotations.Nullable;

/** Where in a JSON document something is; written out only when there is something to say about it. */
final class Place {

    static final Place ROOT = new Place(null, null, 0);

    private final @Nullable Place parent;
    private final @Nullable String name;
    private final int index;

    private Place(@Nullable Place parent, @Nullable String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    Place field(String field) {
        return new Place(this, field, 0);
    }

    Place entry(int entry) {
        return new Place(this, null, entry);
    }

    /** The place as a JSON pointer (RFC 6901). */
    String pointer() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        if (parent != null) {
            parent.write(out);
            out.append('/');
            if (name == null) {
                out.append(index);
            } else {
                out.append(name.replace("~", "~0").replace("/", "~1"));
            }
        }
    }

    /** The last step, as sentences name it. */
    String label() {
        return parent == null ? "the body" : name == null ? "entry " + index : "`" + name + "`";
    }
}
