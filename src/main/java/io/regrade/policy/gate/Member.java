package io.regrade.policy.gate;

/**
 * A method or field as bytecode names it.
 *
 * @param owner its class, such as {@code java/lang/String}
 * @param name its name; {@code <init>} for a constructor
 * @param descriptor its types, such as {@code (I)C}
 */
public record Member(String owner, String name, String descriptor) implements Comparable<Member> {

    /** As people write it: {@code String.charAt}, {@code new ArrayList}. */
    public String shown() {
        return name.equals("<init>") ? "new " + simple(owner) : simple(owner) + "." + name;
    }

    /** The name of a class without its package: {@code Need.Direction} of {@code io/regrade/fact/Need$Direction}. */
    static String simple(String type) {
        return type.substring(type.lastIndexOf('/') + 1).replace('$', '.');
    }

    @Override
    public int compareTo(Member other) {
        int byOwner = owner.compareTo(other.owner);
        int byName = byOwner != 0 ? byOwner : name.compareTo(other.name);
        return byName != 0 ? byName : descriptor.compareTo(other.descriptor);
    }
}
