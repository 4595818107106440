package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    @ParameterizedTest(name = "Accept: {0} gives {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null | application/json",
                "'' | application/json",
                "*/* | application/json",
                "text/plain | text/plain",
                "TEXT/Plain; charset=utf-8 | text/plain",
                "text/* | text/plain",
                "application/json;q=0.1, text/plain;q=0.2 | text/plain",
                "*/*;q=0.1, application/json;q=0 | text/plain",
                "text/*;q=0, */*;q=0.5 | application/json",
                "image/png | null",
                "*/*;q=0 | null",
                "application/json;q=many | null",
            })
    void best_isTheMostWanted(String accept, String type) {
        assertThat(MediaTypes.best(accept, List.of("application/json", "text/plain")))
                .isEqualTo(type);
    }

    @Test
    void isUtf8_readsTheCharset() {
        assertThat(MediaTypes.isUtf8("text/csv; header=present; charset=\"UTF-8\""))
                .isTrue();
        assertThat(MediaTypes.isUtf8("text/csv")).isTrue();
        assertThat(MediaTypes.isUtf8("text/csv;charset=utf-16")).isFalse();
    }
}
