package io.regrade.policy.check;

import io.regrade.fact.Attribute;
import io.regrade.fact.Benefit;
import io.regrade.fact.Candidate;
import io.regrade.fact.Choice;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.Demand;
import io.regrade.fact.Dismissal;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Instantiation;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Limit;
import io.regrade.fact.MayBeUnknown;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Veto;
import io.regrade.fact.Vm;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facts that rules match and conclude, and what can be asked of them. Immutable. */
public final class FactTypes {

    /** What a rule can match or conclude. */
    public static final List<Class<?>> FACTS = List.of(
            Vm.class,
            Usage.class,
            SoftwareModule.class,
            Sla.class,
            Redundancy.class,
            Dismissal.class,
            CounterOffer.class,
            Limit.class,
            EvaluationTime.class,
            LifeCycle.class,
            Requirement.class,
            Demand.class,
            Need.class,
            Target.class,
            Projection.class,
            Veto.class,
            Benefit.class,
            Candidate.class,
            Instantiation.class,
            Choice.class);

    private static final List<String> PACKAGES = List.of(Attribute.class.getPackageName(), "java.lang", "java.util");
    private static final Set<String> OF_ANY_OBJECT = Set.of("equals", "hashCode", "toString");
    private static final Map<String, Class<?>> BY_NAME =
            FACTS.stream().collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));
    private static final Map<String, Optional<Class<?>>> FOUND = new ConcurrentHashMap<>();

    private FactTypes() {}

    /** The names of all facts, sorted. */
    public static List<String> names() {
        return BY_NAME.keySet().stream().sorted().toList();
    }

    /** The fact of this name. */
    public static Optional<Class<?>> fact(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** A type that rules may name without its package: a fact, what facts are made of, or one of Java's own. */
    public static Optional<Class<?>> type(String name) {
        return FOUND.computeIfAbsent(name, FactTypes::load);
    }

    private static Optional<Class<?>> load(String name) {
        for (String one : PACKAGES) {
            try {
                Class<?> type = Class.forName(one + "." + name, false, FactTypes.class.getClassLoader());
                if (Modifier.isPublic(type.getModifiers())) {
                    return Optional.of(type);
                }
            } catch (ClassNotFoundException | LinkageError e) {
                continue; // it may be in the next package
            }
        }
        return Optional.empty();
    }

    /** The method behind a field, as conditions write it: {@code have}, or {@code alone} of {@code isAlone()}. */
    public static Optional<Method> field(Class<?> type, String name) {
        return methods(type)
                .filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class)
                .filter(method -> method.getName().equals(name)
                        || property(method).equals(name)
                        || method.getName().equals("get" + capital(name)))
                .min((a, b) ->
                        Boolean.compare(b.getName().equals(name), a.getName().equals(name)));
    }

    /** The methods of this name. */
    static List<Method> methods(Class<?> type, String name) {
        return methods(type).filter(method -> method.getName().equals(name)).toList();
    }

    /** What can be asked of a type, by the names that conditions use, sorted. */
    public static List<String> members(Class<?> type) {
        return members(type, false);
    }

    /** What can be asked of a type, by the names that conditions use, sorted; with what can be called on the type itself. */
    public static List<String> members(Class<?> type, boolean ofTypeToo) {
        return methods(type)
                .filter(method -> !OF_ANY_OBJECT.contains(method.getName()))
                .filter(method -> ofTypeToo || !Modifier.isStatic(method.getModifiers()))
                .map(FactTypes::property)
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether an amount is NaN when it is unknown. */
    public static boolean mayBeUnknown(Class<?> type, String name) {
        return field(type, name)
                .map(method -> method.isAnnotationPresent(MayBeUnknown.class))
                .orElseGet(() -> methods(type, name).stream()
                        .anyMatch(method -> method.isAnnotationPresent(MayBeUnknown.class)));
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(method -> !method.isSynthetic());
    }

    /** The name that a condition uses: {@code alone} of {@code isAlone()}. */
    private static String property(Method method) {
        String name = method.getName();
        boolean question = name.startsWith("is") && name.length() > 2 && Character.isUpperCase(name.charAt(2));
        return question ? Character.toLowerCase(name.charAt(2)) + name.substring(3) : name;
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
