package io.regrade.bench;

import io.regrade.decision.Phase;
import io.regrade.fact.Attribute;
import io.regrade.fact.Candidate;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Veto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules of other engines ask with {@code not} and {@code exists}, gathered before a phase.
 *
 * @param measured whether processor use is known
 * @param changing attributes that a need is about
 * @param needs whether there is any need
 * @param solvable whether a move can solve one
 * @param obligation whether one that a move can solve must be met
 * @param upgrade whether one that a move can solve asks for more
 * @param clouds whether the owner allows certain clouds
 * @param regions whether the owner allows certain regions
 * @param candidates all candidates, best first
 * @param modules all software
 * @param maxPriceUsdMonth the price that was agreed, NaN when none was
 */
record EvreteSummary(
        boolean measured,
        Set<Attribute> changing,
        boolean needs,
        boolean solvable,
        boolean obligation,
        boolean upgrade,
        boolean clouds,
        boolean regions,
        List<Candidate> candidates,
        List<SoftwareModule> modules,
        double maxPriceUsdMonth) {

    /** The facts of a phase and their summary; projections that were ruled out are none of a benefit's. */
    static List<Object> known(Phase phase, List<Object> facts) {
        List<Object> known = new ArrayList<>(facts.size() + 1);
        Set<Target> vetoed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object fact : facts) {
            if (fact instanceof Veto veto) {
                vetoed.add(veto.target());
            }
        }
        for (Object fact : facts) {
            boolean out = fact instanceof Projection projection
                    && (phase == Phase.CHOOSE || vetoed.contains(projection.target()));
            if (!out) {
                known.add(fact);
            }
        }
        known.add(of(facts));
        return known;
    }

    private static EvreteSummary of(List<Object> facts) {
        boolean measured = false;
        Set<Attribute> changing = EnumSet.noneOf(Attribute.class);
        boolean needs = false;
        boolean solvable = false;
        boolean obligation = false;
        boolean upgrade = false;
        Sla sla = null;
        List<Candidate> candidates = new ArrayList<>();
        List<SoftwareModule> modules = new ArrayList<>();
        for (Object fact : facts) {
            if (fact instanceof Usage usage) {
                measured |= usage.resource() == io.regrade.fact.Resource.CPU;
            } else if (fact instanceof Need need) {
                needs = true;
                changing.add(need.attribute());
                solvable |= need.isSolvedByMoving();
                obligation |= need.isSolvedByMoving() && need.obligation();
                upgrade |= need.isSolvedByMoving() && need.direction() == Need.Direction.UPGRADE;
            } else if (fact instanceof Sla agreed) {
                sla = agreed;
            } else if (fact instanceof Candidate candidate) {
                candidates.add(candidate);
            } else if (fact instanceof SoftwareModule module) {
                modules.add(module);
            }
        }
        return new EvreteSummary(
                measured,
                changing,
                needs,
                solvable,
                obligation,
                upgrade,
                sla != null && !sla.clouds().isEmpty(),
                sla != null && !sla.regions().isEmpty(),
                candidates,
                modules,
                sla == null ? Double.NaN : sla.maxPriceUsdMonth());
    }

    /** The best candidate that brings and, when asked for, saves so much; null when none does. */
    @Nullable
    Candidate best(double minimum, boolean saving) {
        for (Candidate candidate : candidates) {
            if (candidate.netUsdMonth() >= minimum && (!saving || candidate.savingUsdMonth() >= minimum)) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether only what may be changed is to be changed, and for less. */
    boolean onlySaving() {
        return solvable && !obligation && !upgrade;
    }
}
