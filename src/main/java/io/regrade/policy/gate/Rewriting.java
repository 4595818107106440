package io.regrade.policy.gate;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * Writes a class so that it can be stopped: a check where each method begins and before each jump back; checks of what
 * grows; regular expressions that cannot run away. None of it needs more stack, so frames and sizes stay as they are.
 */
final class Rewriting extends ClassVisitor {

    /** The class whose {@code check()} throws when the evaluation is to end. */
    private static final String BUDGET = "io/regrade/policy/budget/Budget";

    private static final Map<String, String> LINEAR_TIME = Map.of(
            "java/util/regex/Pattern", "com/google/re2j/Pattern",
            "java/util/regex/Matcher", "com/google/re2j/Matcher");

    private final Role role;

    private Rewriting(Role role, ClassVisitor next) {
        super(Opcodes.ASM9, next);
        this.role = role;
    }

    static ClassVisitor into(Role role, ClassVisitor writer) {
        return new Rewriting(role, new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, LINEAR_TIME)));
    }

    /** What the compiler adds for serialization, which nothing here needs. */
    static boolean isDropped(int access, String method) {
        return method.equals("$deserializeLambda$") && (access & Opcodes.ACC_SYNTHETIC) != 0;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if (isDropped(access, name)) {
            return null;
        }
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return next == null || name.equals("<clinit>")
                ? next
                : new Checked(next, !name.equals("<init>"), role == Role.RULE || (access & Opcodes.ACC_STATIC) != 0);
    }

    private static final class Checked extends MethodVisitor {

        private final boolean atEntry;
        /** Whether it may hold what the policy's author wrote: a function is static where rules are put together. */
        private final boolean ofAuthor;

        private final Set<Label> passed = new HashSet<>();

        Checked(MethodVisitor next, boolean atEntry, boolean ofAuthor) {
            super(Opcodes.ASM9, next);
            this.atEntry = atEntry;
            this.ofAuthor = ofAuthor;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (atEntry) {
                check();
            }
        }

        private void check() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, BUDGET, "check", "()V", false);
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            checkIfBack(label);
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            checkIfBack(otherwise);
            for (Label label : labels) {
                checkIfBack(label);
            }
            super.visitTableSwitchInsn(min, max, otherwise, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            checkIfBack(otherwise);
            for (Label label : labels) {
                checkIfBack(label);
            }
            super.visitLookupSwitchInsn(otherwise, keys, labels);
        }

        private void checkIfBack(Label label) {
            if (passed.contains(label)) {
                check();
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            Member called = new Member(owner, name, descriptor);
            Member other = Guarded.replacement(called);
            if (other != null) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, other.owner(), other.name(), other.descriptor(), false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            }
            guard(called);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
            guard(new Member(bootstrap.getOwner(), name, descriptor));
        }

        private void guard(Member called) {
            Member check = ofAuthor ? Guarded.check(called) : null;
            if (check != null) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, check.owner(), check.name(), check.descriptor(), false);
            }
        }
    }
}
