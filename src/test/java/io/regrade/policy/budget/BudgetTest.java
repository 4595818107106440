package io.regrade.policy.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.regrade.policy.budget.BudgetExceeded.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted ends an evaluation exactly there; what is measured ends it some time. */
@Timeout(60) // only a guard: none of this may hang
class BudgetTest {

    private static final BudgetLimits WIDE = new BudgetLimits(Duration.ofHours(1), 3, 2, 1L << 40);

    @Test
    void firings_endAtTheFirstBeyondTheBudget_andSoDoesEachAfterIt() {
        try (Budget budget = Budget.begin(WIDE)) {
            assertThatCode(() -> {
                        budget.fired();
                        budget.fired();
                        budget.fired();
                    })
                    .doesNotThrowAnyException();
            assertThatThrownBy(budget::fired)
                    .isInstanceOfSatisfying(
                            BudgetExceeded.class, e -> assertThat(e.kind()).isEqualTo(Kind.FIRINGS))
                    .hasMessage("budget of 3 firings");
            assertThatThrownBy(budget::fired).isInstanceOf(BudgetExceeded.class);
        }
    }

    @Test
    void conclusions_endAtTheFirstBeyondTheBudget() {
        try (Budget budget = Budget.begin(WIDE)) {
            budget.inserted(10);
            budget.inserted(10);
            assertThatThrownBy(() -> budget.inserted(10))
                    .isInstanceOfSatisfying(
                            BudgetExceeded.class, e -> assertThat(e.kind()).isEqualTo(Kind.INSERTIONS))
                    .hasMessage("budget of 2 conclusions");
        }
    }

    @Test
    void textsOfAllConclusions_endTogether_thoughEachIsShortEnough() {
        try (Budget budget = Budget.begin(new BudgetLimits(Duration.ofHours(1), 1_000, 1_000, 1L << 40))) {
            for (long left = Budget.MOST_CONCLUDED; left > 0; left -= Bounded.LONGEST_TEXT) {
                budget.inserted(Bounded.LONGEST_TEXT);
            }
            assertThatThrownBy(() -> budget.inserted(1))
                    .isInstanceOfSatisfying(
                            BudgetExceeded.class, e -> assertThat(e.kind()).isEqualTo(Kind.TEXT))
                    .hasMessage("budget of " + Budget.MOST_CONCLUDED + " characters for all conclusions");
        }
    }

    @Test
    void check_goesOn_withinTheBudget_andOutsideOfAnyEvaluation() {
        Budget.check();
        try (Budget budget = Budget.begin(WIDE)) {
            Budget.check();
            assertThat(budget.isExceeded()).isFalse();
        }
        Budget.check();
    }

    private static BudgetExceeded ended(BudgetLimits limits, Runnable step) {
        try (Budget budget = Budget.begin(limits)) {
            BudgetExceeded first = catchThrowableOfType(BudgetExceeded.class, () -> {
                while (true) {
                    step.run();
                    Budget.check();
                }
            });
            assertThat(budget.isExceeded()).isTrue();
            assertThatThrownBy(Budget::check).as("again and again").isInstanceOf(BudgetExceeded.class);
            return first;
        }
    }

    @Test
    void processorTime_endsAnEvaluation_andOnlyThatOne() {
        BudgetLimits limits = new BudgetLimits(Duration.ofMillis(30), 1, 1, 1L << 40);
        BudgetExceeded ended = ended(limits, () -> {});
        assertThat(ended.kind()).isEqualTo(Kind.TIME);
        assertThat(ended).hasMessage("time budget of 30 ms");
        try (Budget next = Budget.begin(WIDE)) {
            Budget.check();
            assertThat(next.isExceeded()).isFalse();
        }
    }

    @Test
    void clock_endsAnEvaluation_thatTakesNoProcessorTime() {
        BudgetLimits limits = new BudgetLimits(Duration.ofMillis(30), 1, 1, 1L << 40);
        BudgetExceeded ended = ended(limits, () -> {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(ended.kind()).isEqualTo(Kind.TIME);
    }

    @Test
    void allocation_endsAnEvaluation_thoughNothingIsKept() {
        BudgetLimits limits = new BudgetLimits(Duration.ofHours(1), 1, 1, 4L << 20);
        byte[][] kept = new byte[1][];
        BudgetExceeded ended = ended(limits, () -> kept[0] = new byte[1 << 16]);
        assertThat(ended.kind()).isEqualTo(Kind.ALLOCATION);
        assertThat(ended).hasMessage("allocation budget of 4 MiB");
    }
}
