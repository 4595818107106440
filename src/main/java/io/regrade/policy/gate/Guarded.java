package io.regrade.policy.gate;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Members that are let in, but not as they are: what they return is checked, or another method takes their place. */
final class Guarded {

    /** The class of the guards, which rewritten bytecode calls. */
    static final String BOUNDED = "io/regrade/policy/budget/Bounded";

    private static final String STRING = "Ljava/lang/String;";
    private static final String LIST = "java/util/List";
    private static final String SET = "java/util/Set";
    private static final String COMPARATOR = "Ljava/util/Comparator;";

    /** Replaced by a static method of {@link #BOUNDED} with the receiver, when there is one, as first parameter. */
    private static final Map<Member, Member> REPLACED = Map.of(
            new Member("java/lang/String", "valueOf", "(Ljava/lang/Object;)" + STRING),
            bounded("shown", "(Ljava/lang/Object;)" + STRING),
            new Member("java/lang/String", "matches", "(" + STRING + ")Z"),
            bounded("matches", "(" + STRING + STRING + ")Z"),
            new Member("java/lang/String", "repeat", "(I)" + STRING),
            bounded("repeat", "(" + STRING + "I)" + STRING),
            new Member("java/lang/String", "replace", "(Ljava/lang/CharSequence;Ljava/lang/CharSequence;)" + STRING),
            bounded("replace", "(" + STRING + "Ljava/lang/CharSequence;Ljava/lang/CharSequence;)" + STRING),
            new Member("java/lang/String", "join", "(Ljava/lang/CharSequence;Ljava/lang/Iterable;)" + STRING),
            bounded("join", "(Ljava/lang/CharSequence;Ljava/lang/Iterable;)" + STRING));

    /** Text that grows is checked after each of these. */
    private static final Set<String> TEXT = Set.of("concat", "makeConcatWithConstants");

    private Guarded() {}

    /** What takes the place of a member, or null when it stays. */
    static @Nullable Member replacement(Member member) {
        return REPLACED.get(member);
    }

    /** What is called on the result of a member, or null when it is what it is. */
    static @Nullable Member check(Member member) {
        if (TEXT.contains(member.name()) && member.descriptor().endsWith(")" + STRING)) {
            return bounded("text", "(" + STRING + ")" + STRING);
        }
        if (member.owner().equals("java/util/Comparator") && member.name().equals("thenComparing")) {
            return bounded("asking", "(" + COMPARATOR + ")" + COMPARATOR);
        }
        boolean made = member.name().equals("of")
                && (member.owner().equals(LIST) || member.owner().equals(SET));
        if (made || member.owner().equals("java/util/Arrays") && member.name().equals("asList")) {
            String type = "L" + (member.owner().equals(SET) ? SET : LIST) + ";";
            return bounded("flat", "(" + type + ")" + type);
        }
        return null;
    }

    /** Whether a call of it is not left as it is. */
    static boolean isGuarded(Member member) {
        return replacement(member) != null || check(member) != null;
    }

    private static Member bounded(String name, String descriptor) {
        return new Member(BOUNDED, name, descriptor);
    }
}
