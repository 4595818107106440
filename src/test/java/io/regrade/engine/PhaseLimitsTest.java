package io.regrade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.Phase;
import io.regrade.fact.Limit;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each limit is given once, in the first phase that asks for it. */
class PhaseLimitsTest {

    @Test
    void limit_isGivenInTheFirstPhaseThatNamesIt() {
        Map<String, PhaseLimits> limits = PhaseLimits.of(policy("Limit(name == \"b\", $v : value)"));
        PhaseLimits normal = limits.get("default");

        assertThat(names(normal, Phase.REQUIRE)).containsExactly("a");
        assertThat(names(normal, Phase.CHOOSE)).containsExactly("b");
        assertThat(names(normal, Phase.NEEDS)).isEmpty();
        assertThat(limits.get("prod").first(Phase.CHOOSE))
                .extracting(Limit::value)
                .containsExactly(5.0);
    }

    @Test
    void allOthers_areGivenToARuleThatNamesNone() {
        PhaseLimits normal =
                PhaseLimits.of(policy("Limit(value > 3, $n : name)")).get("default");

        assertThat(names(normal, Phase.REQUIRE)).containsExactly("a");
        assertThat(names(normal, Phase.CHOOSE)).containsExactlyInAnyOrder("b", "c");
    }

    private static List<String> names(PhaseLimits limits, Phase phase) {
        return limits.first(phase).stream().map(Limit::name).toList();
    }

    private static PolicyBundle policy(String condition) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", """
                name: small
                description: For a test.
                parameters:
                  a: {description: A, unit: share, default: 1, min: 0, max: 9}
                  b: {description: B, unit: share, default: 2, min: 0, max: 9}
                  c: {description: C, unit: share, default: 3, min: 0, max: 9}
                """);
        files.put("tables/limits.csv", "parameter,default,prod\nb,,5\n");
        files.put("require/r.drl", rule("require", "Limit(name == \"a\", $v : value)"));
        files.put("choose/c.drl", rule("choose", "Limit(name == \"a\")\n  " + condition));
        return PolicyReader.of(files);
    }

    private static String rule(String phase, String condition) {
        return """
                package small.%1$s;
                import io.regrade.fact.*;
                agenda-group "%1$s"
                rule "Of %1$s"
                  @id("of-%1$s")
                  @owner("us")
                  @why("A test.")
                when
                  %2$s
                then
                end
                """.formatted(phase, condition);
    }
}
