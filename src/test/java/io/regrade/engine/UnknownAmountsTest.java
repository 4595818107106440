package io.regrade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Limit;
import io.regrade.pipeline.ReadyPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How rules compare what is unknown. Should a new version of Drools fail this test, the sentence about it in the package
 * description of {@code io.regrade.fact} is to be changed, and rules that ask first may be made simpler.
 */
class UnknownAmountsTest {

    private static final String LIMIT = "Limit(name == \"p\", $v : value) ";

    private static List<String> firedFor(double saving) {
        try (ReadyPolicy policy = Policies.small(
                        "needs",
                        "above|" + LIMIT + "Instantiation(savingUsdMonth > $v)|insert(\"a\");",
                        "below|" + LIMIT + "Instantiation(savingUsdMonth < $v)|insert(\"b\");",
                        "equal|" + LIMIT + "Instantiation(savingUsdMonth == $v)|insert(\"c\");",
                        "at-most|" + LIMIT + "Instantiation(savingUsdMonth <= $v)|insert(\"d\");",
                        "at-least|" + LIMIT + "Instantiation(savingUsdMonth >= $v)|insert(\"e\");",
                        "asks-first|" + LIMIT
                                + "Instantiation(savingKnown == true, savingUsdMonth >= $v)|insert(\"f\");");
                RuleSession session = policy.rules().open()) {
            session.insert(new Limit("p", 5, "x"));
            session.insert(new Instantiation(new Configuration(Capacity.UNKNOWN, List.of()), 1, saving));
            return session.fire(Phase.NEEDS).stream().map(Firing::rule).sorted().toList();
        }
    }

    @Test
    void knownAmounts_compareAsNumbersDo() {
        assertThat(firedFor(6)).containsExactly("above", "asks-first", "at-least");
        assertThat(firedFor(5)).containsExactly("asks-first", "at-least", "at-most", "equal");
        assertThat(firedFor(4)).containsExactly("at-most", "below");
    }

    @Test
    void unknownAmount_isAboveNothing_butAtLeastEverything() {
        assertThat(firedFor(Double.NaN)).containsExactly("at-least");
    }
}
