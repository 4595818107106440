package io.regrade.policy.check;

import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names that the conditions of a rule give to facts and values, with their types as far as they can be told. */
public final class Variables {

    private static final Class<?> UNTOLD = Void.class;

    private final Map<String, Class<?>> types = new TreeMap<>();
    private final Map<String, String> sources = new HashMap<>();

    private Variables() {}

    /** The names that all conditions of a rule give, those within groups too. */
    public static Variables of(RuleStructure rule) {
        Variables variables = new Variables();
        rule.allConditions().forEach(condition -> {
            if (condition instanceof Condition.Pattern pattern) {
                variables.add(pattern);
            } else if (condition instanceof Condition.Gathered gathered) {
                variables.put(gathered.variable(), UNTOLD);
            }
        });
        return variables;
    }

    private void add(Condition.Pattern pattern) {
        Class<?> fact = typeOf(pattern);
        put(pattern.variable(), fact == null ? UNTOLD : fact);
        for (Condition.Binding binding : pattern.bindings()) {
            Class<?> type = type(binding.value(), fact);
            put(binding.variable(), type == null ? UNTOLD : type);
            source(binding.value(), fact).ifPresent(source -> sources.put(binding.variable(), source));
        }
    }

    private Optional<String> source(Expr value, @Nullable Class<?> matched) {
        Class<?> of = value instanceof Expr.Member member ? type(member.of(), matched) : matched;
        String field = value instanceof Expr.Member member
                ? member.name()
                : value instanceof Expr.Name name && !knows(name.name()) ? name.name() : "";
        return of == null || field.isEmpty()
                ? Optional.empty()
                : FactTypes.field(of, field)
                        .map(method ->
                                method.getGenericReturnType().getTypeName().replace('$', '.'));
    }

    private void put(String name, Class<?> type) {
        if (!name.isEmpty()) {
            types.put(name, type);
        }
    }

    boolean knows(String name) {
        return types.containsKey(name);
    }

    /** All names, sorted. */
    public List<String> names() {
        return List.copyOf(types.keySet());
    }

    /** The type of what a name stands for, null when it cannot be told. */
    public @Nullable Class<?> typeOf(String name) {
        Class<?> type = types.get(name);
        return type == UNTOLD ? null : type;
    }

    /** The type of what a name stands for as Java writes it, with its own types: {@code java.util.Set<java.lang.String>}. */
    public Optional<String> sourceOf(String name) {
        Class<?> type = typeOf(name);
        return type == null
                ? Optional.empty()
                : Optional.of(sources.getOrDefault(name, String.valueOf(type.getCanonicalName())));
    }

    /** The type of the fact that a pattern matches, null when there is none of that name. */
    @Nullable
    Class<?> typeOf(Condition.Pattern pattern) {
        return FactTypes.fact(pattern.fact())
                .or(() -> FactTypes.type(pattern.fact()))
                .orElse(null);
    }

    /** The type of a path such as {@code $d.have} or {@code capacity.vcpu}, null when it is none or cannot be told. */
    @Nullable
    Class<?> type(Expr expr, @Nullable Class<?> matched) {
        if (expr instanceof Expr.Name name) {
            return knows(name.name())
                    ? typeOf(name.name())
                    : name.name().equals("this") ? matched : field(matched, name.name());
        }
        if (expr instanceof Expr.Member member) {
            return field(type(member.of(), matched), member.name());
        }
        if (expr instanceof Expr.Call call) {
            Class<?> of = call.of().isEmpty() ? matched : type(call.of().get(0), matched);
            List<Method> methods = of == null ? List.of() : FactTypes.methods(of, call.name());
            return methods.size() == 1 ? methods.get(0).getReturnType() : null;
        }
        return null;
    }

    private static @Nullable Class<?> field(@Nullable Class<?> of, String name) {
        return of == null
                ? null
                : FactTypes.field(of, name).<Class<?>>map(Method::getReturnType).orElse(null);
    }

    /** The type that an expression names, such as {@code Resource} or {@code Need.Direction}. */
    static Optional<Class<?>> namedType(Expr expr) {
        if (expr instanceof Expr.Name name && Character.isUpperCase(name.name().charAt(0))) {
            return FactTypes.type(name.name());
        }
        if (expr instanceof Expr.Member member
                && Character.isUpperCase(member.name().charAt(0))) {
            return namedType(member.of())
                    .flatMap(outer -> Arrays.stream(outer.getClasses())
                            .filter(inner -> inner.getSimpleName().equals(member.name()))
                            .findFirst());
        }
        return Optional.empty();
    }

    /** A type as rules write it: {@code Need.Direction}. */
    static String shown(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : outer.getSimpleName() + "." + type.getSimpleName();
    }
}
