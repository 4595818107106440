package io.regrade.engine.drools;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.Phase;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleSession;
import io.regrade.fact.Capacity;
import io.regrade.fact.Choice;
import io.regrade.fact.Vm;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write to the cache of compiled policies, and nowhere else, gets nothing of it loaded. */
class CompiledCacheTest {

    private static final String PROPERTY = "canary.of.the.cache";

    @TempDir
    private Path directory;

    private final CacheKey key = CacheKey.ofThisProcess();

    private CompiledCache cache(CacheKey by) {
        return new CompiledCache(directory, "a test", by);
    }

    private static PolicyBundle policy(String conclusion) {
        String rule = Policies.rule("keep-all", "Vm()", conclusion);
        return PolicyReader.of(Policies.small("choose/keep.drl", Policies.drl("choose", rule)));
    }

    private static PolicyBundle honest() {
        return policy("insert(Choice.keep(\"it stays\"));");
    }

    /** What the policy says of a machine when it is compiled, or taken from the cache. */
    private static String said(DroolsCompiler compiler, PolicyBundle policy) {
        Vm vm = new Vm("a", "a", null, null, null, null, Capacity.UNKNOWN, null, Set.of(), 0.1, null, null, Map.of());
        try (CompiledRules rules = compiler.compile(policy);
                RuleSession session = rules.open()) {
            session.insert(vm);
            return ((Choice) session.fire(Phase.CHOOSE).get(0).concluded().get(0)).why();
        }
    }

    private Path entry() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".kjar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] archive(PolicyBundle policy) {
        return DroolsCompiler.compiled(policy).getBytes();
    }

    @Test
    void archive_thatOthersPutThere_isCompiledAgain() throws Exception {
        DroolsCompiler compiler = new DroolsCompiler(cache(key));
        assertThat(said(compiler, honest())).isEqualTo("it stays");
        byte[] sealed = Files.readAllBytes(entry());
        assertThat(cache(key).read(honest())).isEqualTo(strip(sealed));

        byte[] other = archive(policy("insert(Choice.keep(\"it is kept by other rules\"));"));
        List<byte[]> tampered = List.of(
                other, // as it was before seals
                CacheKey.ofThisProcess().sealed("any", other), // sealed by another key
                joined(Arrays.copyOf(sealed, 32), other), // behind the seal of another content
                flipped(sealed),
                Arrays.copyOf(sealed, 20),
                new byte[0]);
        for (byte[] one : tampered) {
            Files.write(entry(), one);
            assertThat(cache(key).read(honest())).isNull();
            assertThat(said(compiler, honest())).isEqualTo("it stays");
            assertThat(cache(key).read(honest())).as("it is kept anew").isNotNull();
        }
    }

    @Test
    void archive_ofAnotherPolicy_isNotTakenForThisOne() throws Exception {
        DroolsCompiler compiler = new DroolsCompiler(cache(key));
        PolicyBundle other = policy("insert(Choice.keep(\"it is kept by other rules\"));");
        said(compiler, other);
        byte[] sealedForOther = Files.readAllBytes(entry());
        Files.delete(entry());
        said(compiler, honest());
        Files.write(entry(), sealedForOther);
        assertThat(said(compiler, honest())).isEqualTo("it stays");
    }

    @Test
    void check_doesNotTrustAnArchiveThatOthersPutThere() throws Exception {
        PolicyBundle hostile = policy("System.setProperty(\"" + PROPERTY + "\", \"sings\");");
        DroolsCompiler compiler = new DroolsCompiler(cache(key));
        cache(CacheKey.ofThisProcess()).write(hostile, archive(hostile));
        assertThat(compiler.check(hostile, compiler.structure(hostile)).stream().map(one -> one.code()))
                .contains("forbidden-call");
    }

    @Test
    void hostileClasses_evenSealedByTheKey_passTheGate_andAreNotLoaded() {
        DroolsCompiler compiler = new DroolsCompiler(cache(key));
        PolicyBundle hostile = policy("System.setProperty(\"" + PROPERTY + "\", \"sings\");");
        cache(key).write(honest(), archive(hostile));
        assertThat(said(compiler, honest())).isEqualTo("it stays");
        assertThat(System.getProperty(PROPERTY)).isNull();
    }

    @Test
    void key_isMadeOnce_forItsOwnerAlone() throws Exception {
        Path file = directory.resolve("keys/compiled.key");
        byte[] sealed = CacheKey.in(file).sealed("a", new byte[] {1, 2, 3});
        assertThat(CacheKey.in(file).opened("a", sealed)).containsExactly(1, 2, 3);
        assertThat(CacheKey.in(file).opened("b", sealed)).isNull();
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(CacheKey.in(file).opened("a", sealed))
                    .as("what others may read is no key")
                    .isNull();
        }
    }

    private static byte[] strip(byte[] sealed) {
        return Arrays.copyOfRange(sealed, 32, sealed.length);
    }

    private static byte[] joined(byte[] seal, byte[] content) {
        byte[] joined = Arrays.copyOf(seal, seal.length + content.length);
        System.arraycopy(content, 0, joined, seal.length, content.length);
        return joined;
    }

    private static byte[] flipped(byte[] sealed) {
        byte[] flipped = sealed.clone();
        flipped[flipped.length / 2] ^= 1;
        return flipped;
    }
}
