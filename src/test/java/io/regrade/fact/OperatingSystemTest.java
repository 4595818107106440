package io.regrade.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatingSystemTest {

    @ParameterizedTest
    @CsvSource({
        "rhel-7.9, rhel, 7.9",
        "ubuntu-22.04, ubuntu, 22.04",
        "windows-2022, windows, 2022",
        "linux, linux, ''",
        " RHEL-9 , rhel, 9",
        "amzn-2, amzn, 2",
        "opensuse-leap-15.5, opensuse-leap, 15.5",
        "sles-15-sp4, sles, 15-sp4",
    })
    void parse_splitsFamilyAndVersion(String text, String family, String version) {
        assertThat(OperatingSystem.parse(text)).isEqualTo(new OperatingSystem(family, version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "-7", "rhel-", "red hat-9", "rhel 9"})
    void parse_rejectsWhatHasNoFamily_andQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatingSystem.parse(text))
                .withMessage("`%s` is not an operating system. Maybe `family-version`, such as `rhel-9.4`", text);
    }

    @ParameterizedTest
    @CsvSource({
        "rhel-7.9, rhel-7",
        "rhel-9, rhel-9",
        "ubuntu-22.04, ubuntu-22.04",
        "ubuntu-22.04.3, ubuntu-22.04",
        "alpine-3.19.1, alpine-3.19",
        "windows-2022, windows-2022",
        "rhel, rhel",
        "linux, linux",
    })
    void series_isTheReleaseLineThatEndsOnOneDay(String os, String series) {
        assertThat(OperatingSystem.parse(os).series()).isEqualTo(series);
    }

    @ParameterizedTest
    @CsvSource({
        "linux, rhel-9.4, true",
        "linux, linux, true",
        "linux, windows-2022, false",
        "linux, freebsd-14, false",
        "rhel, rhel-9.4, true",
        "rhel-9, rhel-9.4, true",
        "rhel-9, rhel-9, true",
        "rhel-9.4, rhel-9, false",
        "rhel-9, rhel-90, false",
        "rhel-9, rocky-9, false",
        "rhel-9, linux, false",
        "windows, windows-2019, true",
        "windows-2022, windows-2019, false",
    })
    void canRun_takesWhatIsAsPreciseOrMorePrecise(String offered, String other, boolean can) {
        assertThat(OperatingSystem.parse(offered).canRun(OperatingSystem.parse(other)))
                .isEqualTo(can);
    }

    @ParameterizedTest
    @CsvSource({
        "rhel-9.4, rhel-9, true",
        "rhel-9, rhel-9.0, true",
        "rhel-10, rhel-9, true",
        "rhel-8.10, rhel-8.9, true",
        "rhel-8.9, rhel-8.10, false",
        "ubuntu-22.04, ubuntu-22.10, false",
        "rocky-9, rhel-8, false",
        "rhel, rhel-8, false",
        "rhel-8, rhel, true",
    })
    void isAtLeast_comparesNumbersWithinOneFamily(String os, String other, boolean atLeast) {
        assertThat(OperatingSystem.parse(os).isAtLeast(OperatingSystem.parse(other)))
                .isEqualTo(atLeast);
    }

    @ParameterizedTest
    @CsvSource({
        "1.10, 1.9, 1",
        "1.9, 1.10, -1",
        "15-sp4, 15, 1",
        "15, 15.0.0, 0",
        "2.17, 2.17, 0",
        "99999999999999999999, 1, 1",
    })
    void compareVersions_isNumericWhereBothAreNumbers(String a, String b, int sign) {
        assertThat(Integer.signum(OperatingSystem.compareVersions(a, b))).isEqualTo(sign);
    }

    @Test
    void toString_readsBack() {
        for (String text : new String[] {"rhel-7.9", "linux", "opensuse-leap-15.5"}) {
            assertThat(OperatingSystem.parse(text)).hasToString(text);
        }
    }
}
