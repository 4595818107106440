package io.regrade.engine.attack;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.engine.drools.UngatedCompiler;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides machines by hostile rules, in a JVM that may come to harm. Prints a line for each: its name, and what became of
 * it. Arguments: {@code gated} or {@code ungated}; tags as {@code key=value}; the attacks' files in their order.
 */
public final class HostileRun {

    /** The system property that hostile rules set. */
    private static final String PROPERTY = "canary";

    private static final EvaluationTime TIME = new EvaluationTime(Instant.parse("2026-06-01T00:00:00Z"));
    /** Far more than the time budget of the rules, so that what ends at all has ended by then. */
    private static final long PATIENCE_MILLIS = 2_500;

    private HostileRun() {}

    public static void main(String[] args) throws InterruptedException {
        boolean gated = args[0].equals("gated");
        Map<String, String> tags = Arrays.stream(args)
                .filter(arg -> arg.contains("="))
                .collect(Collectors.toMap(arg -> arg.split("=", 2)[0], arg -> arg.split("=", 2)[1]));
        List<Attack> attacks = Arrays.stream(args)
                .skip(1)
                .filter(arg -> !arg.contains("="))
                .map(file -> Attack.read(Attack.DIRECTORY, Path.of(file)))
                .collect(Collectors.toCollection(ArrayList::new));
        RuleCompiler compiler =
                gated ? new DroolsCompiler(AttackTest.SMALL, (policy, breach) -> {}) : new UngatedCompiler();
        ReadyPolicy policy = admitted(attacks, compiler);
        DecideVm decide = new DecideVm(policy, Catalog.of(List.of()), Pricing.HOURLY);
        for (Attack attack : attacks) {
            System.out.println("property " + System.getProperty(PROPERTY));
            decide(decide, attack, tags, gated);
        }
        Runtime.getRuntime().exit(0); // a rule that never ends would not hold it, but be quick
    }

    /** The policy of all attacks, without those that are refused, which are taken off the list. */
    private static ReadyPolicy admitted(List<Attack> attacks, RuleCompiler compiler) {
        try {
            return ReadyPolicy.of(AttackTest.policy(attacks), compiler);
        } catch (PolicyException e) {
            for (Diagnostic one : e.diagnostics()) {
                System.out.println(name(one.file()) + " refused " + one.line() + " " + one.code());
            }
            attacks.removeIf(attack ->
                    e.diagnostics().stream().anyMatch(one -> one.file().equals(attack.file())));
            return ReadyPolicy.of(AttackTest.policy(attacks), compiler);
        }
    }

    private static String name(String file) {
        return file.replaceFirst(".*/", "").replaceFirst("\\..*", "");
    }

    private static void decide(DecideVm decide, Attack attack, Map<String, String> tags, boolean gated)
            throws InterruptedException {
        Thread deciding = new Thread(() -> {
            for (String machine : List.of("first", "second")) {
                Decision decision = decide.decide(Machines.named(attack.name(), machine, tags), TIME);
                String told = decision.errors().isEmpty() ? decision.why() : String.join(", ", decision.errors());
                System.out.println(attack.name() + " decided " + machine + ": " + told);
            }
        });
        deciding.setDaemon(true);
        deciding.start();
        deciding.join(gated ? 0 : PATIENCE_MILLIS);
        if (deciding.isAlive()) {
            System.out.println(attack.name() + " still runs");
        }
    }
}
