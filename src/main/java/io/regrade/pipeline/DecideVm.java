package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.FactJson;
import io.regrade.decision.PolicyRef;
import io.regrade.decision.Trace;
import io.regrade.engine.Alternative;
import io.regrade.engine.Alternatives;
import io.regrade.engine.Evaluator;
import io.regrade.engine.Examination;
import io.regrade.engine.PhaseWatch;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Limit;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Provenance;
import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.Simulator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides machines by one policy, one catalogue and one business model, none of which changes. Thread-safe.
 *
 * <p>A decision's id is made of everything it depends on, so that the same question always has the same answer under
 * the same id.
 */
public final class DecideVm {

    private static final Logger LOG = LoggerFactory.getLogger(DecideVm.class);
    private static final double HOURS_A_MONTH = 730;

    private final ReadyPolicy policy;
    private final Catalog catalog;
    private final Pricing pricing;
    private final Evaluator evaluator;
    private final String catalogDigest;

    /**
     * Prepares decisions.
     *
     * @param policy compiled; must stay open for as long as this is used
     * @param catalog the targets
     * @param pricing the business model
     */
    public DecideVm(ReadyPolicy policy, Catalog catalog, Pricing pricing) {
        this(policy, catalog, pricing, digest(catalog, pricing), PhaseWatch.NONE);
    }

    /** Prepares decisions over a catalogue whose digest was worked out before, and has their phases timed. */
    DecideVm(ReadyPolicy policy, Catalog catalog, Pricing pricing, String catalogDigest, PhaseWatch watch) {
        this(
                policy,
                catalog,
                pricing,
                catalogDigest,
                new Evaluator(policy.bundle(), policy.rules(), catalog, new Simulator(pricing), watch));
    }

    private DecideVm(ReadyPolicy policy, Catalog catalog, Pricing pricing, String catalogDigest, Evaluator evaluator) {
        this.policy = policy;
        this.catalog = catalog;
        this.pricing = pricing;
        this.catalogDigest = catalogDigest;
        this.evaluator = evaluator;
    }

    /**
     * One that goes by these limits whatever a machine's environment, and is the same otherwise: for trials, since its
     * decisions are named as if the policy had not been changed.
     */
    public DecideVm withLimits(List<Limit> limits) {
        return new DecideVm(policy, catalog, pricing, catalogDigest, evaluator.withLimits(limits));
    }

    /**
     * Decides one machine at one moment. When Regrade itself fails on it, it is kept, with an error on the decision:
     * one machine must not cost all others of its fleet their advice.
     */
    public Decision decide(VmFacts facts, EvaluationTime time) {
        return decided(facts, time).decision();
    }

    /**
     * Decides as {@link #decide(VmFacts, EvaluationTime)} does.
     *
     * @param factsDigest the digest of the canonical facts, which several decisions about them can share
     */
    public Decision decide(VmFacts facts, EvaluationTime time, String factsDigest) {
        return identified(evaluated(facts, time), facts, factsDigest, time);
    }

    /** Decides as {@link #decide(VmFacts, EvaluationTime)} does, and hands out the facts as they are to be stored. */
    public Decided decided(VmFacts facts, EvaluationTime time) {
        return decided(evaluated(facts, time), facts, time);
    }

    private Decided decided(Decision decision, VmFacts facts, EvaluationTime time) {
        byte[] factsContent = CanonicalJson.bytes(FactJson.facts(facts));
        String factsDigest = CanonicalJson.digest(factsContent);
        return new Decided(identified(decision, facts, factsDigest, time), factsContent);
    }

    /**
     * Decides as {@link #decide(VmFacts, EvaluationTime)} does, and looks at one target in the same evaluation.
     *
     * @param target of this catalogue
     */
    Examination examine(VmFacts facts, EvaluationTime time, Target target) {
        Examination examination = evaluator.examine(facts, time, target);
        String factsDigest = CanonicalJson.digest(CanonicalJson.bytes(FactJson.facts(facts)));
        return examination.of(identified(examination.decision(), facts, factsDigest, time));
    }

    /**
     * A machine that was decided, and where the rules would move it, were what they chose before not there.
     *
     * @param decided as {@link #decided} gives it
     * @param ranked the chosen target first; empty unless it is decided to move to a target
     */
    public record Choices(Decided decided, List<Alternative> ranked) {}

    /**
     * Decides as {@link #decided} does, and asks for further choices in the same evaluation.
     *
     * @param most how many choices at most
     */
    public Choices choices(VmFacts facts, EvaluationTime time, int most) {
        Alternatives found = kept(
                facts,
                time,
                () -> evaluator.alternatives(facts, time, most),
                decision -> new Alternatives(decision, List.of()));
        return new Choices(decided(found.decision(), facts, time), found.ranked());
    }

    private Decision identified(Decision decision, VmFacts facts, String factsDigest, EvaluationTime time) {
        String id = DecisionId.of(facts.vm().id(), factsDigest, policy.bundle().digest(), catalogDigest, time.at());
        return decision.identified(id, factsDigest);
    }

    private Decision evaluated(VmFacts facts, EvaluationTime time) {
        return kept(facts, time, () -> evaluator.evaluate(facts, time), decision -> decision);
    }

    /** What an evaluation gives; when Regrade itself fails in it, what becomes of the decision to keep the machine. */
    private <T> T kept(VmFacts facts, EvaluationTime time, Supplier<T> evaluation, Function<Decision, T> failed) {
        try {
            return evaluation.get();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("machine `{}` could not be evaluated", facts.vm().id(), e);
            return failed.apply(new Decision(
                    "",
                    facts.vm(),
                    Action.KEEP,
                    "it stays as it is, because it could not be evaluated",
                    null,
                    null,
                    facts.vm().priceUsdHour() * HOURS_A_MONTH,
                    0,
                    List.of(),
                    List.of(),
                    0,
                    List.of(),
                    List.of(),
                    Trace.EMPTY,
                    new PolicyRef(policy.bundle().name(), policy.bundle().digest()),
                    "",
                    List.of("Regrade failed on this machine, which is a defect of Regrade; details are in the log"),
                    time.at()));
        }
    }

    /** What decides by another policy on the same catalogue, and leaves no times behind. */
    public DecideVm by(ReadyPolicy other) {
        return new DecideVm(other, catalog, pricing, catalogDigest, PhaseWatch.NONE);
    }

    /** What evaluates here. */
    Evaluator evaluator() {
        return evaluator;
    }

    public ReadyPolicy policy() {
        return policy;
    }

    public Catalog catalog() {
        return catalog;
    }

    public Pricing pricing() {
        return pricing;
    }

    /** {@code sha256:…} over all targets with their prices, and the business model. */
    public String catalogDigest() {
        return catalogDigest;
    }

    /** What decisions are made with here. */
    public Provenance provenance() {
        PolicyBundle bundle = policy.bundle();
        return new Provenance(
                new PolicyRef(bundle.name(), bundle.digest()),
                bundle.written(),
                catalogDigest,
                () -> CatalogContent.write(catalog.targets(), pricing),
                EngineVersion.current());
    }

    /** {@code sha256:…} over all targets with their prices, and the business model. */
    static String digest(Catalog catalog, Pricing pricing) {
        return CanonicalJson.digest(CatalogContent.write(catalog.targets(), pricing));
    }
}
