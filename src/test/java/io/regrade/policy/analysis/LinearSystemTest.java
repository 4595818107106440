package io.regrade.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.policy.analysis.LinearSystem.Answer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The reasoning over intervals agrees with trying every point of a grid that is fine enough. */
class LinearSystemTest {

    private static final List<String> OPERATORS = List.of("<", "<=", ">", ">=", "==");

    /** A comparison {@code a x + b y operator c}, of small whole numbers. */
    record Comparison(int a, int b, String operator, int c) {
        Linear left() {
            return Linear.of("x").times(a).plus(Linear.of("y"), b);
        }

        boolean holds(double x, double y) {
            double sum = a * x + b * y;
            return switch (operator) {
                case "<" -> sum < c - 1e-9;
                case "<=" -> sum <= c + 1e-9;
                case ">" -> sum > c + 1e-9;
                case ">=" -> sum >= c - 1e-9;
                default -> Math.abs(sum - c) < 1e-9;
            };
        }
    }

    @Provide
    Arbitrary<List<Comparison>> comparisons() {
        Arbitrary<Integer> factor = Arbitraries.integers().between(-1, 1);
        return Combinators.combine(
                        factor,
                        factor,
                        Arbitraries.of(OPERATORS),
                        Arbitraries.integers().between(-3, 3))
                .as(Comparison::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 600)
    void answer_isThatOfEveryPoint(@ForAll("comparisons") List<Comparison> comparisons) {
        LinearSystem system = system(comparisons);
        // With factors of -1, 0 and 1 and whole numbers, what can hold holds at a quarter, not far out.
        boolean somewhere = false;
        for (double x = -14; x <= 14 && !somewhere; x += 0.25) {
            for (double y = -14; y <= 14 && !somewhere; y += 0.25) {
                double px = x;
                double py = y;
                somewhere = comparisons.stream().allMatch(one -> one.holds(px, py));
            }
        }
        assertThat(system.canHold()).isEqualTo(somewhere ? Answer.YES : Answer.NO);
        assertThat(system.example().isPresent()).isEqualTo(somewhere);
        system.example()
                .ifPresent(values -> assertThat(comparisons)
                        .allMatch(one -> one.holds(values.getOrDefault("x", 0.0), values.getOrDefault("y", 0.0))));
    }

    @Property(tries = 200)
    void whatIsImplied_holdsWhereverTheRestDoes(@ForAll("comparisons") List<Comparison> comparisons) {
        List<Comparison> rest = new ArrayList<>(comparisons);
        Comparison last = rest.remove(rest.size() - 1);
        boolean implied = system(rest).implies(last.left(), last.operator(), Linear.of(last.c()));
        boolean everywhere = true;
        for (double x = -14; x <= 14 && everywhere; x += 0.25) {
            for (double y = -14; y <= 14 && everywhere; y += 0.25) {
                double px = x;
                double py = y;
                everywhere = !rest.stream().allMatch(one -> one.holds(px, py)) || last.holds(px, py);
            }
        }
        assertThat(implied).isEqualTo(everywhere);
    }

    private static LinearSystem system(List<Comparison> comparisons) {
        LinearSystem system = new LinearSystem();
        comparisons.forEach(one -> system.add(one.left(), one.operator(), Linear.of(one.c())));
        return system;
    }
}
