package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element with its attributes by local name, its children, its text and its line. Not changed after it was read. */
public final class XmlElement {

    private final String name;
    private final Place place;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlElement(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    void attribute(String local, String value) {
        attributes.putIfAbsent(local, value);
    }

    void child(XmlElement child) {
        children.add(child);
    }

    void append(String more) {
        text.append(more);
    }

    /** The local name: producers disagree on namespaces more than on names. */
    public String name() {
        return name;
    }

    public Place place() {
        return place;
    }

    /** An attribute by its local name, null when it is not there. */
    public @Nullable String attribute(String local) {
        return attributes.get(local);
    }

    /** The text that lies directly in it, without blanks around it. */
    public String text() {
        return text.toString().strip();
    }

    public List<XmlElement> children() {
        return children;
    }

    /** The children with a local name. */
    public Stream<XmlElement> children(String local) {
        return children.stream().filter(child -> child.name.equals(local));
    }

    /** The first element along a path of local names, null when there is none. */
    public @Nullable XmlElement first(String... path) {
        XmlElement at = this;
        for (String local : path) {
            XmlElement from = at;
            at = null;
            for (XmlElement child : from.children) {
                if (child.name.equals(local)) {
                    at = child;
                    break;
                }
            }
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** The text of the first element along a path, null when there is none or it is blank. */
    public @Nullable String text(String... path) {
        XmlElement found = first(path);
        return found == null || found.text().isEmpty() ? null : found.text();
    }

    /** All elements with a local name in or below this one, in their order. */
    public List<XmlElement> all(String local) {
        List<XmlElement> found = new ArrayList<>();
        collect(local, found);
        return found;
    }

    private void collect(String local, List<XmlElement> found) {
        if (name.equals(local)) {
            found.add(this);
        }
        children.forEach(child -> child.collect(local, found));
    }
}
