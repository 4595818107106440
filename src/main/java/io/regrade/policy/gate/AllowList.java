package io.regrade.policy.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The classes and members that bytecode may touch; whatever is not on it may not. Immutable.
 *
 * <p>A line is {@code class: member member …}. A member is a name, or a name with its parameters' types as bytecode
 * writes them where not every overload is meant: {@code replace(CC)}. A class without members may be named, and that is
 * all; {@code *} stands for each of its members but constructors.
 */
public final class AllowList {

    /** Every object has them, and no rule needs them. */
    private static final Set<String> NEVER = Set.of(
            "getClass", "wait", "notify", "notifyAll", "clone", "finalize", "getDeclaringClass", "describeConstable");

    private static final String ALL = "*";

    private final Map<String, Set<String>> members;

    private AllowList(Map<String, Set<String>> members) {
        this.members = Map.copyOf(members);
    }

    /** What rules may touch. */
    public static AllowList ofRules() {
        return read(AllowList.class, "rules.txt");
    }

    /** The list in a resource beside a class. */
    public static AllowList read(Class<?> beside, String resource) {
        Map<String, Set<String>> members = new HashMap<>();
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the list " + resource + " is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int colon = line.indexOf(':');
                    String type = line.substring(0, colon < 0 ? line.length() : colon);
                    Set<String> own = members.computeIfAbsent(type.strip().replace('.', '/'), key -> new HashSet<>());
                    if (colon >= 0) {
                        own.addAll(Set.of(line.substring(colon + 1).strip().split("\\s+")));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AllowList(members);
    }

    /** A list with the entries of both. */
    public AllowList and(AllowList other) {
        Map<String, Set<String>> both = new HashMap<>(members);
        other.members.forEach((type, names) -> {
            Set<String> own = new HashSet<>(both.getOrDefault(type, Set.of()));
            own.addAll(names);
            both.put(type, own);
        });
        return new AllowList(both);
    }

    /** Whether a class may be named, made an array of, cast to. */
    boolean admits(String type) {
        return members.containsKey(type);
    }

    /** Whether a member may be used. */
    boolean admits(Member member) {
        Set<String> own = members.get(member.owner());
        if (own == null || NEVER.contains(member.name())) {
            return false;
        }
        String descriptor = member.descriptor();
        String exact = member.name() + descriptor.substring(0, descriptor.indexOf(')') + 1);
        return own.contains(member.name())
                || own.contains(exact)
                || own.contains(ALL) && !member.name().equals("<init>");
    }

    /** The classes and their members as the list has them. */
    public Map<String, Set<String>> entries() {
        return members;
    }
}
