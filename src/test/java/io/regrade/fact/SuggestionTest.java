package io.regrade.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "memory-headrom, `memory-headroom`",
        "memoryheadroom, `memory-headroom`",
        "MEMORY-HEADROOM, `memory-headroom`",
        "mincost, 'one of `memory-headroom`, `minimum-saving`'",
        "zz, 'one of `memory-headroom`, `minimum-saving`'",
        "'', 'one of `memory-headroom`, `minimum-saving`'",
    })
    void nearest_namesTheNearestOrAll(String typed, String suggestion) {
        assertThat(Suggestion.nearest(typed, List.of("memory-headroom", "minimum-saving")))
                .isEqualTo(suggestion);
    }

    @Test
    void nearest_isNoNameOfWhichEveryLetterDiffers() {
        assertThat(Suggestion.nearest("xy", List.of("os", "arch"))).isEqualTo("one of `os`, `arch`");
        assertThat(Suggestion.nearest("o", List.of("os", "arch"))).isEqualTo("one of `os`, `arch`");
        assertThat(Suggestion.nearest("so", List.of("os", "arch"))).isEqualTo("one of `os`, `arch`");
        assertThat(Suggestion.nearest("oss", List.of("os", "arch"))).isEqualTo("`os`");
    }

    @Test
    void nearest_takesTheFirstOfEqualOnes() {
        assertThat(Suggestion.nearest("tab", List.of("tap", "tax"))).isEqualTo("`tap`");
    }

    @Test
    void nearest_ofNothingSaysSo() {
        assertThat(Suggestion.nearest("x", List.of())).isEqualTo("nothing: there are none");
    }

    @Test
    void nearest_ofEnumConstantsUsesTheirNames() {
        assertThat(Suggestion.nearest("vcpus", Attribute.values(), Attribute::key))
                .isEqualTo("`vcpu`");
    }
}
