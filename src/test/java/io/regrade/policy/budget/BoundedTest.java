package io.regrade.policy.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes the place of methods that could take long, or grow, says what they say. */
@Timeout(60) // only a guard: none of this may hang
class BoundedTest {

    private static final BudgetLimits SHORT = new BudgetLimits(Duration.ofMillis(20), 1, 1, 1L << 40);

    @Test
    void text_isWhatItIs_unlessItIsTooLong() {
        assertThat(Bounded.text(null)).isNull();
        assertThat(Bounded.text("x".repeat(Bounded.LONGEST_TEXT))).hasSize(Bounded.LONGEST_TEXT);
        String longer = "x".repeat(Bounded.LONGEST_TEXT + 1);
        assertThatThrownBy(() -> Bounded.text(longer)).isInstanceOf(BudgetExceeded.class);
    }

    @Test
    void otherLetters_areThoseOfTheJdk_whateverTheLocale() {
        assertThat(Bounded.toUpperCase("straße i")).isEqualTo("STRASSE I");
        assertThat(Bounded.toLowerCase("ÄI Σ")).isEqualTo("äi σ");
        String longer = "\u0390".repeat(5_000);
        assertThatThrownBy(() -> Bounded.toUpperCase(longer)).isInstanceOf(BudgetExceeded.class);
        assertThatThrownBy(() -> Bounded.toLowerCase(longer)).isInstanceOf(BudgetExceeded.class);
    }

    @Test
    void containsAll_saysWhatCollectionsSay_andIsEnded() {
        assertThat(Bounded.containsAll(List.of(1, 2, 3), Set.of(3, 1))).isTrue();
        assertThat(Bounded.containsAll(List.of(1, 2, 3), List.of(3, 4))).isFalse();
        assertThat(Bounded.containsAll(List.of(), List.of())).isTrue();
        try (Budget budget = Budget.begin(SHORT)) {
            while (!budget.isExceeded()) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> Bounded.containsAll(List.of(1), List.of(1)))
                    .isInstanceOf(BudgetExceeded.class);
        }
    }

    @Test
    void set_hasTheOrderOfItsElements_atEachStart() {
        assertThat(Bounded.flat(Set.of("d", "b", "a", "c"))).containsExactly("a", "b", "c", "d");
        assertThat(Bounded.flat(Set.of(3, 1, 2))).containsExactly(1, 2, 3);
        assertThat(Bounded.flat(Set.<Object>of("b", 2, "a", 1))).containsExactly(1, 2, "a", "b");
        assertThat(Bounded.flat(Set.of(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 1, 1))))
                .containsExactly(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1));
        assertThatThrownBy(() -> Bounded.flat(Set.of(List.of()))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bounded.flat(Set.of("a")).add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void matching_saysWhatPatternsSay_andIsEnded() {
        assertThat(Bounded.matches("rhel-9.4", "[a-z]+-[0-9.]+")).isTrue();
        assertThat(Bounded.matches("rhel", "[a-z]+-[0-9.]+")).isFalse();
        assertThat(Bounded.matcher(Pattern.compile("9"), "rhel-9.4").find()).isTrue();
        String text = "x".repeat(60_000);
        try (Budget budget = Budget.begin(SHORT)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            Bounded.matches(text, "(.{9}|.{10}|.{11})*y");
                        }
                    })
                    .isInstanceOf(BudgetExceeded.class);
            assertThat(budget.isExceeded()).isTrue();
        }
    }
}
