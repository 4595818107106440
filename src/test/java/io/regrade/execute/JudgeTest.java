package io.regrade.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.execute.Judge.Known;
import io.regrade.execute.Sighting.What;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {

    @ParameterizedTest(name = "{0}, answered {1}, try {2}, unwanted {3}, held {4}, patient {5}: {6} means {7}")
    @CsvSource({
        "acting, false, 1, false, false, true, AS_BEFORE, ASK",
        "acting, false, 3, false, false, true, AS_BEFORE, FAILED",
        "acting, false, 1, true, false, true, AS_BEFORE, CANCELLED",
        "acting, true, 1, false, false, true, AS_BEFORE, WAIT",
        "acting, true, 1, true, false, true, AS_BEFORE, WAIT",
        "acting, true, 1, false, false, false, AS_BEFORE, FAILED",
        "acting, true, 1, false, false, true, UNDER_WAY, WAIT",
        "acting, false, 1, false, false, false, UNDER_WAY, UNCLEAR",
        "acting, true, 1, false, false, true, COULD_NOT, FAILED",
        "acting, false, 1, true, false, true, AWAITS, VERIFY",
        "verifying, false, 0, false, true, true, AWAITS, WAIT",
        "verifying, false, 0, true, true, true, AWAITS, REVERT",
        "verifying, false, 0, false, false, true, AWAITS, CONFIRM",
        "verifying, false, 0, true, false, true, DONE, CONFIRMED",
        "verifying, false, 0, false, false, true, AS_BEFORE, ROLLED_BACK",
        "confirming, true, 1, false, false, true, AWAITS, WAIT",
        "confirming, false, 1, false, false, true, AWAITS, ASK",
        "confirming, false, 3, false, false, true, AWAITS, UNCLEAR",
        "confirming, true, 1, false, false, true, DONE, CONFIRMED",
        "reverting, true, 1, true, false, true, AWAITS, WAIT",
        "reverting, true, 1, true, false, true, AS_BEFORE, ROLLED_BACK",
        "unclear, false, 0, false, false, false, AS_BEFORE, FAILED",
        "unclear, false, 0, true, false, false, AS_BEFORE, ROLLED_BACK",
        "unclear, false, 0, false, false, false, AWAITS, VERIFY",
    })
    void next_followsFromWhatIsSeen(
            String state,
            boolean answered,
            int tries,
            boolean unwanted,
            boolean held,
            boolean patient,
            What seen,
            Verdict verdict) {
        Known known = new Known(JobState.of(state), answered, tries, unwanted, held, patient);

        assertThat(Judge.next(known, seen)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"ACTING", "VERIFYING", "CONFIRMING", "REVERTING"})
    void next_ofAMachineThatSomebodyElseChanged_isUnclear_andAsksForNothing(JobState state) {
        Known known = new Known(state, false, 1, false, false, true);

        assertThat(Judge.next(known, What.ELSEWHERE)).isEqualTo(Verdict.UNCLEAR);
        assertThat(Judge.next(known, What.GONE)).isEqualTo(Verdict.UNCLEAR);
    }
}
