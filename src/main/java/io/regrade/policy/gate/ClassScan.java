package io.regrade.policy.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads one class of a policy: what is not let in, and what each method touches. Used once. */
final class ClassScan extends ClassVisitor {

    /** Methods that the JDK calls by itself, where nothing expects code of a policy. */
    private static final Set<String> UNASKED = Set.of(
            "finalize",
            "toString",
            "equals",
            "hashCode",
            "compareTo",
            "readObject",
            "readObjectNoData",
            "writeObject",
            "readResolve",
            "writeReplace",
            "readExternal",
            "writeExternal");

    private static final Set<String> CONSTANTS =
            Set.of("Ljava/lang/String;", "I", "J", "D", "F", "Z", "C", "S", "B", "Ljava/util/regex/Pattern;");

    final List<Finding> findings = new ArrayList<>();
    final List<MethodUses> uses = new ArrayList<>();

    private final Role role;
    private final AllowList forRules;
    private final AllowList forAssembly;
    private final Set<String> own;
    private final Function<String, Role> roles;
    private String name = "";

    ClassScan(Role role, AllowList forRules, AllowList forAssembly, Set<String> own, Function<String, Role> roles) {
        super(Opcodes.ASM9);
        this.role = role;
        this.roles = roles;
        this.forRules = forRules;
        this.forAssembly = forAssembly;
        this.own = own;
    }

    @Override
    public void visit(
            int version, int access, String className, @Nullable String signature, String parent, String[] interfaces) {
        name = className;
        boolean made = parent.equals(role == Role.RULE ? "java/lang/Enum" : "java/lang/Object");
        if (role == Role.UNKNOWN || !made) {
            String declared = className.replaceFirst(".*\\$\\d*", "");
            construct(
                    "",
                    "a class of its own is declared. Maybe a function, or a condition of the rule",
                    declared.isEmpty() ? "new" : declared);
        }
        for (String one : interfaces) {
            if (role != Role.UNKNOWN && !list(role != Role.RULE).admits(one)) {
                findings.add(new Finding(
                        name, "", Finding.TYPE, "`" + Member.simple(one) + "` is not for rules", Member.simple(one)));
            }
        }
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        if (role == Role.UNKNOWN || isSwitchTable(access, field)) {
            return null;
        }
        boolean constant = (access & Opcodes.ACC_STATIC) != 0 && (access & Opcodes.ACC_FINAL) != 0;
        boolean itself = descriptor.equals("L" + name + ";") || descriptor.equals("[L" + name + ";");
        boolean ofRule = constant && (CONSTANTS.contains(descriptor) || itself);
        boolean ofAssembly = constant || (access & Opcodes.ACC_STATIC) == 0;
        if (role == Role.RULE ? !ofRule : !ofAssembly) {
            construct("", "the field `" + field + "` would keep something from one machine to the next", field);
        }
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if (role == Role.UNKNOWN || Rewriting.isDropped(access, method)) {
            return null;
        }
        if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_SYNCHRONIZED)) != 0) {
            construct(method + descriptor, "`" + method + "` is native or synchronized", method);
        }
        if (UNASKED.contains(method)) {
            construct(method + descriptor, "`" + method + "` would be called by others than rules", method);
        }
        MethodUses used = new MethodUses(name, method + descriptor);
        uses.add(used);
        return new MethodScan(this, used, method, isOfAuthor(role, access, method), isSwitchTable(access, method));
    }

    /** The compiler keeps the numbers of an enum's constants in one, for {@code switch}. */
    private static boolean isSwitchTable(int access, String member) {
        return member.startsWith("$SWITCH_TABLE$") && (access & Opcodes.ACC_SYNTHETIC) != 0;
    }

    /** Whether a method holds what the policy's author wrote, and runs while machines are decided. */
    static boolean isOfAuthor(Role role, int access, String method) {
        boolean function = (access & Opcodes.ACC_STATIC) != 0 && !method.equals("<clinit>");
        return role == Role.RULE || role == Role.FUNCTIONS && function;
    }

    private AllowList list(boolean assembling) {
        return assembling ? forAssembly : forRules;
    }

    /** Whether a class may be named, by an author or where rules are put together. */
    boolean admitsType(String type, boolean assembling) {
        String element =
                type.startsWith("[") ? Type.getType(type).getElementType().getInternalName() : type;
        return own.contains(element)
                || element.length() == 1
                || list(assembling).admits(element);
    }

    boolean admits(Member member, boolean assembling) {
        return list(assembling).admits(member);
    }

    boolean isOwn(String type) {
        return own.contains(type);
    }

    /** Whether the static methods of a class are functions of the policy. */
    boolean hasFunctions(String type) {
        return isOwn(type) && roles.apply(type) == Role.FUNCTIONS;
    }

    String name() {
        return name;
    }

    void construct(String method, String words, String token) {
        findings.add(new Finding(name, method, Finding.CONSTRUCT, words, token));
    }
}
