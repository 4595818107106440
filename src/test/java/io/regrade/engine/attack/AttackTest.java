package io.regrade.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.decision.Firing;
import io.regrade.engine.BudgetBreach;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.Action;
import io.regrade.fact.Choice;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.budget.BudgetLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile policy is refused where it is hostile, or ended by its budget; and honest ones are let in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest {

    private static final EvaluationTime TIME = new EvaluationTime(Instant.parse("2026-06-01T00:00:00Z"));
    static final BudgetLimits SMALL = new BudgetLimits(Duration.ofMillis(400), 2_000, 2_000, 96L << 20);

    private static final List<Attack> HONEST = Attack.in(Path.of("src/test/resources/honest"));

    @TempDir
    private static Path cage;

    private Canaries canaries;
    private final Map<String, BudgetBreach> breaches = new ConcurrentHashMap<>();
    private List<Diagnostic> refused;
    private ReadyPolicy admitted;
    private DecideVm decide;

    static List<Attack> refusedAttacks() {
        return Attack.all().stream()
                .filter(attack -> attack.contained().isEmpty())
                .toList();
    }

    static List<Attack> containedAttacks() {
        return Attack.all().stream()
                .filter(attack -> !attack.contained().isEmpty())
                .toList();
    }

    private static List<Attack> admittedFiles() {
        return Stream.concat(containedAttacks().stream(), HONEST.stream()).toList();
    }

    static PolicyBundle policy(List<Attack> attacks) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", "name: attacks\nparameters:\n  p: {unit: x, default: 5, min: 0, max: 9}\n");
        attacks.forEach(attack -> files.put(attack.file(), attack.text()));
        files.putAll(Attack.vocabulary(attacks));
        return PolicyReader.of(files);
    }

    /** Compiling takes longest, so all attacks are one policy: what was refused is left out, until all of them are. */
    @BeforeAll
    void compile() {
        canaries = new Canaries(cage);
        refused = new ArrayList<>();
        refuse(refusedAttacks());
        admitted = ReadyPolicy.of(
                policy(admittedFiles()),
                new DroolsCompiler(
                        SMALL, (policy, breach) -> breach.rules().forEach(rule -> breaches.put(rule, breach))));
        decide = new DecideVm(admitted, Catalog.of(List.of()), Pricing.HOURLY);
    }

    /** Refuses all of them; where a failure of the compiler names no file, each half for itself. */
    private void refuse(List<Attack> attacks) {
        if (attacks.isEmpty()) {
            return;
        }
        List<Diagnostic> now = refusals(attacks);
        List<String> files = now.stream().map(Diagnostic::file).toList();
        List<Attack> left = attacks.stream()
                .filter(attack -> !files.contains(attack.file()))
                .toList();
        refused.addAll(now);
        if (left.size() < attacks.size()) {
            refuse(left);
        } else if (left.size() > 1) {
            refuse(left.subList(0, left.size() / 2));
            refuse(left.subList(left.size() / 2, left.size()));
        }
    }

    private static List<Diagnostic> refusals(List<Attack> attacks) {
        try {
            new DroolsCompiler().compile(policy(attacks)).close();
            return List.of(); // its own test says that it was let in
        } catch (PolicyException e) {
            return e.diagnostics();
        }
    }

    @AfterAll
    void close() {
        admitted.close();
        try (Canaries after = canaries) {
            after.assertNothingOutside();
            after.assertNothingInside();
        }
    }

    @ParameterizedTest
    @MethodSource("refusedAttacks")
    void hostilePolicy_isRefusedAtItsLine(Attack attack) {
        List<Diagnostic> own =
                refused.stream().filter(one -> one.file().equals(attack.file())).toList();
        assertThat(attack.refusals()).as("what is expected of %s", attack).isNotEmpty();
        assertThat(own.stream().map(one -> one.line() + " " + one.code()).collect(Collectors.toSet()))
                .as("%s", own)
                .containsAll(attack.refusals().stream()
                        .map(one -> one.line() + " " + one.code())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("containedAttacks")
    void hostileRule_isEndedByItsBudget_andTheMachineIsKept(Attack attack) {
        Decision decision = decide.decide(Machines.named(attack.name(), "vm", canaries.tags()), TIME);
        assertThat(decision.action()).isEqualTo(Action.KEEP);
        if (attack.contained().equals("harmless")) {
            assertThat(decision.errors()).isEmpty();
            return;
        }
        assertThat(decision.errors()).hasSize(1);
        assertThat(decision.errors().get(0)).contains("`" + attack.name() + "`");
        if (!attack.contained().equals("error")) {
            assertThat(breaches).containsKey(attack.name());
            assertThat(attack.contained())
                    .contains(breaches.get(attack.name()).kind().key());
        }
    }

    @Test
    void honestRules_areLetIn_andConcludeWhatTheySay() {
        Decision decision = decide.decide(Machines.named("honest"), TIME);
        assertThat(decision.errors()).isEmpty();
        Map<String, String> concluded = new TreeMap<>();
        for (Firing firing : decision.trace().firings()) {
            Choice last = (Choice) firing.concluded().get(firing.concluded().size() - 1);
            assertThat(concluded.put(firing.rule(), last.why())).isNull();
        }
        Map<String, String> told = new TreeMap<>();
        admitted.bundle().rules().stream()
                .filter(rule -> HONEST.stream().anyMatch(file -> file.file().equals(rule.file())))
                .forEach(rule -> told.put(rule.id(), rule.why().replace("Concludes: ", "")));
        assertThat(concluded).isEqualTo(told).hasSizeGreaterThan(100);
    }

    @Test
    void suite_hasEveryKindOfAttack() {
        assertThat(Attack.all()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(Attack.all().stream().map(Attack::kind).distinct())
                .contains(
                        "file", "process", "network", "reflection", "loader", "jndi", "serialization", "thread", "exit")
                .contains(
                        "memory",
                        "time",
                        "firings",
                        "join",
                        "regex",
                        "string",
                        "facts",
                        "budget",
                        "state",
                        "construct");
    }
}
