package io.regrade.ledger;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of the one thing that is changed, so that nobody overwrites what they have not seen.
 *
 * @param tags it must be there with one of these tags; empty: nothing is expected of it
 * @param present it must be there
 * @param absent it must not be there
 */
public record Expectation(List<String> tags, boolean present, boolean absent) {

    /** Anything goes. */
    public static final Expectation NONE = new Expectation(List.of(), false, false);

    /** Copies the list. */
    public Expectation {
        tags = List.copyOf(tags);
    }

    /** Whether it holds of something with this tag, or of nothing. */
    public boolean holds(Optional<String> tag) {
        if (absent && tag.isPresent()) {
            return false;
        }
        if (present && tag.isEmpty()) {
            return false;
        }
        return tags.isEmpty() || (tag.isPresent() && tags.contains(tag.get()));
    }

    /** Whether anything is expected. */
    public boolean isAny() {
        return tags.isEmpty() && !present && !absent;
    }

    /** The tag of a machine's facts: another one whenever they differ. */
    public static String tag(VmFacts facts) {
        VmFacts own = new VmFacts(facts.vm(), facts.usage(), facts.modules(), facts.sla(), List.of());
        return CanonicalJson.digest(FactJson.facts(own));
    }

    /** The tag of a target: another one whenever it differs. */
    public static String tag(Target target) {
        return CanonicalJson.digest(FactJson.target(target));
    }
}
