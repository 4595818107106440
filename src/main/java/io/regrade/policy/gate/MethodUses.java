package io.regrade.policy.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one method of a policy's bytecode touches. Filled while it is read, and not changed after that. */
public final class MethodUses {

    private final String type;
    private final String method;
    private final SortedSet<Member> members = new TreeSet<>();
    private final SortedSet<Member> own = new TreeSet<>();
    private final SortedSet<String> types = new TreeSet<>();
    private final List<String> texts = new ArrayList<>();

    MethodUses(String type, String method) {
        this.type = type;
        this.method = method;
    }

    /** The class of the method. */
    public String type() {
        return type;
    }

    /** Its name and descriptor. */
    public String method() {
        return method;
    }

    /** The members outside of the policy that it uses. */
    public SortedSet<Member> members() {
        return members;
    }

    /** The members of the policy's own classes that it uses. */
    public SortedSet<Member> own() {
        return own;
    }

    /** The classes that it hands on as such: {@code Vm.class}. */
    public SortedSet<String> types() {
        return types;
    }

    /** The texts in it, in order. */
    public List<String> texts() {
        return texts;
    }
}
