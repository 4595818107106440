package io.regrade.engine.drools;

import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import io.regrade.policy.gate.AllowList;
import io.regrade.policy.gate.Member;
import io.regrade.policy.gate.MethodUses;
import io.regrade.policy.gate.Role;
import io.regrade.policy.gate.RuleInventory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads from a policy's bytecode what each rule may touch: what the method that puts it together names, and all that its
 * conditions, its conclusion and the functions they call use. Used once.
 */
final class Inventories {

    private static final String FACTS = "io/regrade/fact/";
    /** The engine's own, which the compiler writes around what an author wrote. */
    private static final List<String> ENGINE = List.of("org/drools/", "org/kie/");

    private static final Pattern BOXING = Pattern.compile(
            "valueOf\\([ZBCSIJFD]\\)Ljava/lang/(?!String).*|(boolean|byte|char|short|int|long|float|double)Value.*");

    /** The facts that rules may make. */
    private static final Set<String> MADE = AllowList.ofRules().entries().entrySet().stream()
            .filter(entry ->
                    entry.getKey().startsWith(FACTS) && entry.getValue().contains("<init>"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());

    private final RuleOrigins origins;
    private final Map<String, MethodUses> methods = new HashMap<>();
    private final Map<String, List<MethodUses>> lambdas = new HashMap<>();

    private Inventories(RuleOrigins origins) {
        this.origins = origins;
    }

    /** The inventory of each rule, by file and line. */
    static List<RuleInventory> of(PolicyBundle policy, List<MethodUses> uses) {
        Inventories inventories = new Inventories(new RuleOrigins(policy, uses));
        for (MethodUses one : uses) {
            inventories.methods.put(one.type() + "." + one.method(), one);
            if (DroolsGate.role(one.type()) == Role.RULE) {
                inventories
                        .lambdas
                        .computeIfAbsent(one.type(), key -> new ArrayList<>())
                        .add(one);
            }
        }
        List<RuleInventory> all = new ArrayList<>();
        for (MethodUses one : uses) {
            RuleSource rule = inventories.origins.assembled(one);
            if (rule != null) {
                all.add(inventories.of(rule, one));
            }
        }
        all.sort(Comparator.comparing(RuleInventory::file).thenComparing(RuleInventory::line));
        return all;
    }

    private RuleInventory of(RuleSource rule, MethodUses assembly) {
        SortedSet<String> reads = new TreeSet<>();
        SortedSet<String> concludes = new TreeSet<>();
        SortedSet<String> calls = new TreeSet<>();
        assembly.types().stream().filter(type -> type.startsWith(FACTS)).forEach(type -> reads.add(simple(type)));
        Set<MethodUses> reached = new HashSet<>();
        reach(assembly, reached);
        reached.remove(assembly); // it runs when rules are loaded, and is the compiler's own
        for (MethodUses one : reached) {
            for (Member member : one.members()) {
                if (isOfAuthor(member)) {
                    calls.add(member.shown());
                    boolean made = isMade(member);
                    if (made) {
                        concludes.add(simple(member.owner()));
                    } else if (!made && member.owner().startsWith(FACTS)) {
                        reads.add(simple(member.owner()));
                    }
                }
            }
        }
        return new RuleInventory(rule.id(), rule.file(), rule.line(), reads, concludes, calls);
    }

    /** What a method uses of the policy's own: whole conditions and conclusions, and single functions. */
    private void reach(MethodUses from, Set<MethodUses> reached) {
        if (reached.add(from)) {
            for (Member used : from.own()) {
                List<MethodUses> lambda = lambdas.get(used.owner());
                MethodUses method = methods.get(used.owner() + "." + used.name() + used.descriptor());
                if (lambda != null) {
                    lambda.forEach(one -> reach(one, reached));
                } else if (method != null) {
                    reach(method, reached);
                }
            }
        }
    }

    /** Whether it is a method that rules' authors call: the engine's own, and numbers in boxes, are the compiler's. */
    private static boolean isOfAuthor(Member member) {
        boolean boxing = member.owner().startsWith("java/lang/")
                && BOXING.matcher(member.name() + member.descriptor()).matches();
        return member.descriptor().startsWith("(") && !boxing && ENGINE.stream().noneMatch(member.owner()::startsWith);
    }

    /** Whether it gives a new fact of those that rules may make: {@code new Veto}, {@code Need.upgrade}. */
    private static boolean isMade(Member member) {
        return MADE.contains(member.owner())
                && (member.name().equals("<init>") || member.descriptor().endsWith(")L" + member.owner() + ";"));
    }

    private static String simple(String type) {
        return type.substring(FACTS.length()).replace('$', '.');
    }
}
