package io.regrade.policy.gate;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads the instructions of one method. Used once. */
final class MethodScan extends MethodVisitor {

    /** Elements of an array that an author writes: comparing all with all must take less than a budget. */
    private static final int LARGEST_ARRAY = 256;
    /** One for all rules of a file is the largest where rules are put together. */
    private static final int LARGEST_OF_ASSEMBLY = 10_000;

    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final String TEXTS = "java/lang/invoke/StringConcatFactory";
    private static final Set<String> BROAD =
            Set.of("java/lang/Throwable", "java/lang/Error", "java/lang/VirtualMachineError");
    /** Facts whose text is short; that of others holds what a rule may have put there. */
    private static final Set<String> JOINED = Set.of(
            "io/regrade/fact/Action",
            "io/regrade/fact/Attribute",
            "io/regrade/fact/Benefit$Kind",
            "io/regrade/fact/Need$Direction",
            "io/regrade/fact/OperatingSystem",
            "io/regrade/fact/Requirement$Met",
            "io/regrade/fact/Resource",
            "io/regrade/fact/Target$Kind");
    /** What every enum has, written by the compiler. */
    private static final Set<String> OF_ENUMS = Set.of(
            "values java/lang/System.arraycopy", "valueOf java/lang/Enum.valueOf", "<init> java/lang/Enum.<init>");

    private final ClassScan scan;
    private final MethodUses uses;
    private final String method;
    private final boolean ofAuthor;
    private final boolean switchTable;
    private int constant = -1;
    private @Nullable String text;

    MethodScan(ClassScan scan, MethodUses uses, String method, boolean ofAuthor, boolean switchTable) {
        super(Opcodes.ASM9);
        this.scan = scan;
        this.uses = uses;
        this.method = method;
        this.ofAuthor = ofAuthor;
        this.switchTable = switchTable;
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.MONITORENTER) {
            scan.construct(uses.method(), "`synchronized` waits for others", "synchronized");
        }
        boolean small = opcode >= Opcodes.ICONST_0 && opcode <= Opcodes.ICONST_5;
        next(small ? opcode - Opcodes.ICONST_0 : -1, null);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            array();
        }
        next(opcode == Opcodes.NEWARRAY ? -1 : operand, null);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        next(-1, null);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        next(-1, null);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.ANEWARRAY) {
            array();
        }
        type(type);
        next(-1, null);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        scan.construct(uses.method(), "an array of arrays is made", "new");
        next(-1, null);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        boolean written = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
        boolean made = opcode == Opcodes.PUTSTATIC ? method.equals("<clinit>") : !ofAuthor && method.equals("<init>");
        if (written && !switchTable && !(made && owner.equals(scan.name()))) {
            scan.construct(uses.method(), "`" + name + "` is written to, which would be seen by others", name);
        }
        member(new Member(owner, name, descriptor));
        next(-1, null);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        Member called = new Member(owner, name, descriptor);
        if (owner.equals("java/util/regex/Pattern") && name.equals("compile")) {
            regex();
        }
        if (opcode == Opcodes.INVOKESTATIC && !ofAuthor && scan.hasFunctions(owner)) {
            scan.construct(
                    uses.method(),
                    "`" + name
                            + "` is called before there is a machine, where nothing could stop it. Maybe give it a fact",
                    name);
        }
        if (!OF_ENUMS.contains(method + " " + owner + "." + name)) {
            member(called);
        }
        next(-1, null);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        boolean lambda = bootstrap.getOwner().equals(LAMBDAS)
                && (bootstrap.getName().equals("metafactory")
                        || bootstrap.getName().equals("altMetafactory") && !ofAuthor);
        boolean concat =
                bootstrap.getOwner().equals(TEXTS) && bootstrap.getName().equals("makeConcatWithConstants");
        if (lambda) {
            type(Type.getReturnType(descriptor).getInternalName());
        } else if (concat) {
            for (Type part : Type.getArgumentTypes(descriptor)) {
                joined(part);
            }
        } else {
            scan.construct(uses.method(), "a call is made up while the rule runs", name);
        }
        for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
                Member handed = new Member(handle.getOwner(), handle.getName(), handle.getDesc());
                member(handed);
                if (ofAuthor && Guarded.isGuarded(handed)) {
                    scan.construct(
                            uses.method(),
                            "`" + handed.shown() + "` is handed on, where it has no bounds. Maybe call it in `x -> …`",
                            handed.name());
                }
            } else if (argument instanceof ConstantDynamic) {
                scan.construct(uses.method(), "a constant is made up while the rule runs", name);
            }
        }
        next(-1, null);
    }

    @Override
    public void visitLdcInsn(Object value) {
        if (value instanceof Type type && type.getSort() != Type.METHOD) {
            String name = type.getSort() == Type.ARRAY ? type.getDescriptor() : type.getInternalName();
            type(name);
            uses.types().add(name);
        } else if (value instanceof String string) {
            uses.texts().add(string);
        } else if (value instanceof Handle || value instanceof ConstantDynamic || value instanceof Type) {
            scan.construct(uses.method(), "a handle of a method is taken", "");
        }
        next(value instanceof Integer number ? number : -1, value instanceof String string ? string : null);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        if (type == null) {
            scan.construct(
                    uses.method(),
                    "`finally` would run after a rule was stopped. Maybe write what it does twice",
                    "finally");
        } else if (BROAD.contains(type)) {
            scan.construct(
                    uses.method(),
                    "`" + Member.simple(type) + "` is caught, and with it what stops a rule. Maybe catch `Exception`",
                    "catch");
        } else if (!(switchTable && type.equals("java/lang/NoSuchFieldError"))) {
            type(type);
        }
    }

    private void next(int number, @Nullable String string) {
        constant = number;
        text = string;
    }

    private void array() {
        boolean ofEnum = method.equals("values");
        int largest = ofAuthor ? LARGEST_ARRAY : LARGEST_OF_ASSEMBLY;
        if (!ofEnum && !switchTable && (constant < 0 || constant > largest)) {
            scan.construct(
                    uses.method(),
                    "an array, or a list of elements, is made whose size is not written there, or more than " + largest
                            + ". Maybe `List.of`, or a decision table",
                    "new");
        }
    }

    private void regex() {
        String problem = text == null ? "is not written there" : Regexes.problem(text);
        if (!problem.isEmpty()) {
            scan.findings.add(new Finding(
                    scan.name(),
                    uses.method(),
                    Finding.REGEX,
                    "the pattern" + (text == null ? "" : " `" + text + "`") + " " + problem,
                    text == null ? "" : "matches"));
        }
    }

    /** What becomes part of a text: only what has a text of its own that is not long. */
    private void joined(Type part) {
        boolean plain = part.getSort() < Type.ARRAY;
        String type = plain ? "" : part.getInternalName();
        boolean known = type.startsWith("java/lang/") && !type.equals("java/lang/Object")
                || type.startsWith("java/time/")
                || JOINED.contains(type);
        if (!plain && !(known && scan.admitsType(type, !ofAuthor))) {
            scan.findings.add(new Finding(
                    scan.name(),
                    uses.method(),
                    Finding.TYPE,
                    "a text is made of `" + Member.simple(type) + "`. Maybe join its elements with `String.join`",
                    Member.simple(type)));
        }
    }

    private void type(String type) {
        if (!scan.admitsType(type, !ofAuthor)) {
            String simple = Member.simple(type.replaceAll("^\\[+L?|;$", ""));
            scan.findings.add(
                    new Finding(scan.name(), uses.method(), Finding.TYPE, "`" + simple + "` is not for rules", simple));
        }
    }

    private void member(Member member) {
        if (scan.isOwn(member.owner())) {
            uses.own().add(member);
        } else if (scan.admits(member, !ofAuthor)) {
            uses.members().add(member);
        } else {
            String token = member.name().equals("<init>") ? Member.simple(member.owner()) : member.name();
            scan.findings.add(new Finding(
                    scan.name(), uses.method(), Finding.CALL, "`" + member.shown() + "` is not for rules", token));
        }
    }
}
