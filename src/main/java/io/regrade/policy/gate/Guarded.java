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

    private static final String MATCHER = "Ljava/util/regex/Matcher;";

    /** What may be asked whether it contains all of others: each of those is a pass of its own. */
    private static final Set<String> COLLECTIONS =
            Set.of("java/util/Collection", LIST, SET, "java/util/SortedSet", "java/util/ArrayList");

    /** Replaced by a static method of {@link #BOUNDED} with the receiver, when there is one, as first parameter. */
    private static final Map<Member, Member> REPLACED = Map.of(
            new Member("java/lang/String", "valueOf", "(Ljava/lang/Object;)" + STRING),
            bounded("shown", "(Ljava/lang/Object;)" + STRING),
            new Member("java/lang/String", "matches", "(" + STRING + ")Z"),
            bounded("matches", "(" + STRING + STRING + ")Z"),
            new Member("java/lang/String", "repeat", "(I)" + STRING),
            bounded("repeat", "(" + STRING + "I)" + STRING),
            new Member("java/lang/String", "toUpperCase", "()" + STRING),
            bounded("toUpperCase", "(" + STRING + ")" + STRING),
            new Member("java/lang/String", "toLowerCase", "()" + STRING),
            bounded("toLowerCase", "(" + STRING + ")" + STRING),
            new Member("java/lang/String", "replace", "(Ljava/lang/CharSequence;Ljava/lang/CharSequence;)" + STRING),
            bounded("replace", "(" + STRING + "Ljava/lang/CharSequence;Ljava/lang/CharSequence;)" + STRING),
            new Member("java/lang/String", "join", "(Ljava/lang/CharSequence;Ljava/lang/Iterable;)" + STRING),
            bounded("join", "(Ljava/lang/CharSequence;Ljava/lang/Iterable;)" + STRING),
            new Member("java/util/regex/Pattern", "matcher", "(Ljava/lang/CharSequence;)" + MATCHER),
            bounded("matcher", "(Ljava/util/regex/Pattern;Ljava/lang/CharSequence;)" + MATCHER));

    /** Text that grows is checked after each of these. */
    private static final Set<String> TEXT = Set.of("concat", "makeConcatWithConstants", "getMessage");

    /** Facts make texts of others, such as the source of a requirement of a module's name. */
    private static final String FACTS = "io/regrade/fact/";

    private Guarded() {}

    /** What takes the place of a member, or null when it stays. */
    static @Nullable Member replacement(Member member) {
        if (member.name().equals("containsAll") && COLLECTIONS.contains(member.owner())) {
            return bounded("containsAll", "(Ljava/util/Collection;Ljava/util/Collection;)Z");
        }
        return REPLACED.get(member);
    }

    /** What is called on the result of a member, or null when it is what it is. */
    static @Nullable Member check(Member member) {
        boolean grows = TEXT.contains(member.name()) || member.owner().startsWith(FACTS);
        if (grows && member.descriptor().endsWith(")" + STRING)) {
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

    /** Whether it may only be called, and not be handed on: a fact's own texts cannot grow by that. */
    static boolean isGuarded(Member member) {
        return replacement(member) != null
                || check(member) != null && !member.owner().startsWith(FACTS);
    }

    private static Member bounded(String name, String descriptor) {
        return new Member(BOUNDED, name, descriptor);
    }
}
