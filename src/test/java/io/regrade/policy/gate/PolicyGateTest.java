package io.regrade.policy.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes go in, findings come out: what the gate says of bytecode, whichever engine made it. */
class PolicyGateTest {

    /** {@code Rules…} is where rules are put together, {@code Lambda…} a rule, and anything else nobody knows. */
    private static final PolicyGate GATE = new PolicyGate(
            AllowList.ofRules(),
            AllowList.ofRules(),
            type -> type.startsWith("Lambda") ? Role.RULE : type.startsWith("Rules") ? Role.ASSEMBLY : Role.UNKNOWN);

    private static Admission admit(String type, String body) {
        return GATE.admit(compiled(type, "public final class " + type + " { " + body + " }"));
    }

    private static List<String> findings(Admission admission) {
        return admission.findings().stream()
                .map(one -> one.code() + " " + one.token())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Runtime.getRuntime().exit(1);                             | forbidden-call getRuntime",
                "System.exit(1);                                           | forbidden-call exit",
                "System.currentTimeMillis();                               | forbidden-call currentTimeMillis",
                "System.out.println(s);                                    | forbidden-call out",
                "new Thread(() -> { });                                    | forbidden-call Thread",
                "Thread.sleep(1);                                          | forbidden-call sleep",
                "s.getClass();                                             | forbidden-call getClass",
                "Class.forName(s);                                         | forbidden-call forName",
                "new java.io.File(s);                                      | forbidden-type File",
                "java.nio.file.Files.readString(java.nio.file.Path.of(s)); | forbidden-call readString",
                "new java.net.Socket(s, 1);                                | forbidden-type Socket",
                "new ProcessBuilder(s).start();                            | forbidden-call start",
                "java.lang.invoke.MethodHandles.lookup();                  | forbidden-call lookup",
                "String.format(s);                                         | forbidden-call format",
                "s.intern();                                               | forbidden-call intern",
                "s.split(s);                                               | forbidden-call split",
                "new java.util.ArrayList<>(9);                             | forbidden-call ArrayList",
                "int[] a = new int[s.length()];                            | forbidden-construct new",
                "int[] a = new int[1000000];                               | forbidden-construct new",
                "int[][] a = new int[1][1];                                | forbidden-construct new",
                "synchronized (s) { s.length(); }                          | forbidden-construct synchronized",
                "try { s.length(); } finally { s.trim(); }                 | forbidden-construct finally",
                "try { s.length(); } catch (Throwable t) { }               | forbidden-construct catch",
                "try { s.length(); } catch (Error t) { }                   | forbidden-construct catch",
                "java.util.regex.Pattern.compile(s);                       | forbidden-regex ''",
                "java.util.regex.Pattern.compile(\"(a)\\\\1\");            | forbidden-regex matches",
            })
    void statement_isRefused(String statement, String finding) {
        Admission admission = admit("RulesOne", "static void run(String s) throws Exception { " + statement + " }");
        assertThat(findings(admission)).contains(finding.replace("''", ""));
        assertThat(admission.rewritten()).isEmpty();
        assertThat(admission.findings())
                .allSatisfy(one -> assertThat(one.type()).isEqualTo("RulesOne"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "static int kept;                                        | forbidden-construct kept",
                "static final java.util.List<String> KEPT = null;        | forbidden-construct KEPT",
                "int kept;                                               | forbidden-construct kept",
                "protected void finalize() { }                           | forbidden-construct finalize",
                "public String toString() { return null; }               | forbidden-construct toString",
                "synchronized void run() { }                             | forbidden-construct run",
                "native void run();                                      | forbidden-construct run",
                "static void again(int n) { again(n); }                  | forbidden-construct again",
                "static void a(int n) { b(n); } static void b(int n) { a(n); } | forbidden-construct a",
            })
    void member_isRefused(String member, String finding) {
        assertThat(findings(admit("LambdaOne", member))).contains(finding);
    }

    @Test
    void classThatNobodyKnows_isRefused_andSoIsOneWithAParentOfItsOwn() {
        assertThat(findings(admit("Kept", ""))).containsExactly("forbidden-construct Kept");
        assertThat(findings(admit("LambdaOne", "static class Kept { }"))).contains("forbidden-construct Kept");
        assertThat(findings(GATE.admit(compiled("LambdaOne", "class LambdaOne extends Exception { }"))))
                .contains("forbidden-construct LambdaOne");
    }

    @Test
    void classUnderAnotherName_isRefused() {
        byte[] bytes = compiled("LambdaOne", "class LambdaOne { }").get("LambdaOne");
        assertThat(GATE.admit(Map.of("LambdaTwo", bytes)).findings())
                .anyMatch(one -> one.words().contains("not the one that it is stored as"));
    }

    @Test
    void interfaceThatIsNotOnTheList_isRefused() {
        assertThat(findings(GATE.admit(
                        compiled("RulesOne", "class RulesOne implements Runnable { public void run() { } }"))))
                .containsExactly("forbidden-type Runnable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return s.contains(\"db\") && s.length() > 3;",
                "return Math.max(s.length(), 3) > 2 || s.matches(\"[a-z]+\");",
                "int n = 0; for (int i = 0; i < 9; i++) { n += i; } return n > 2;",
                "return java.util.List.of(s, s).stream().anyMatch(one -> one.isEmpty());",
                "try { return Integer.parseInt(s) > 1; } catch (NumberFormatException e) { return false; }",
                "return java.time.Duration.ofDays(3).toHours() > 1;",
                "return (\"\" + s + 1).isEmpty();",
                "return new int[] {1, 2, 3}.length > s.length();",
            })
    void honestCode_isLetIn(String body) {
        Admission admission = admit("RulesOne", "static boolean run(String s) { " + body + " }");
        assertThat(admission.findings()).isEmpty();
        assertThat(admission.rewritten()).containsOnlyKeys("RulesOne");
    }

    @Test
    void classThatIsLetIn_asksForItsBudget_whereMethodsBeginAndBeforeJumpsBack() {
        Admission straight = admit("RulesOne", "static int run(String s) { return s.length(); }");
        Admission loop =
                admit("RulesOne", "static void run(String s) { while (s.length() > 0) { s = s.substring(1); } }");
        assertThat(calls(straight).get("run")).containsOnlyOnce("Budget.check").startsWith("Budget.check");
        assertThat(calls(loop).get("run").stream().filter("Budget.check"::equals))
                .hasSize(2);
        assertThat(calls(straight).get("<init>")).doesNotContain("Budget.check");
    }

    @Test
    void whatGrows_isReplaced() {
        Admission admission =
                admit("RulesOne", "static String run(String s) { return s.repeat(9) + s.replace(s, s); }");
        assertThat(calls(admission).get("run"))
                .containsSubsequence("Bounded.repeat", "Bounded.replace", "Bounded.text")
                .doesNotContain("String.repeat", "String.replace");
    }

    @Test
    void uses_tellWhatAMethodTouches() {
        Admission admission = admit(
                "RulesOne",
                "static boolean run(String s) { return half(s.length()) > 1; }"
                        + " static double half(int n) { return Math.floor(n); }");
        MethodUses run = admission.uses().stream()
                .filter(one -> one.method().startsWith("run"))
                .findFirst()
                .orElseThrow();
        assertThat(run.type()).isEqualTo("RulesOne");
        assertThat(run.members()).extracting(Member::shown).containsExactly("String.length");
        assertThat(run.own()).extracting(Member::name).containsExactly("half");
    }

    /** The methods that each method calls, in order. */
    private static Map<String, List<String>> calls(Admission admission) {
        Map<String, List<String>> calls = new HashMap<>();
        new ClassReader(admission.rewritten().get("RulesOne"))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                List<String> own = calls.computeIfAbsent(name, key -> new ArrayList<>());
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode,
                                            String owner,
                                            String called,
                                            String types,
                                            boolean ofInterface) {
                                        own.add(new Member(owner, called, types).shown());
                                    }
                                };
                            }
                        },
                        0);
        return calls;
    }

    /** The bytecode of a source, by the names of its classes. */
    private static Map<String, byte[]> compiled(String type, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, UTF_8)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + name + kind.extension), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        JavaFileObject text =
                new SimpleJavaFileObject(URI.create("memory:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("--release", "17", "-proc:none", "-nowarn", "-Xlint:none");
        boolean done = compiler.getTask(null, files, null, options, null, List.of(text))
                .call();
        assertThat(done).as("%s compiles", source).isTrue();
        return classes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().toByteArray()));
    }
}
