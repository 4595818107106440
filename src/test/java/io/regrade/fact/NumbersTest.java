package io.regrade.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts in sentences are the exact amount, rounded half up, whichever way they were worked out. */
class NumbersTest {

    private static final int TRIES = 200_000;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "12.4, 12.4",
        "12.345, 12.35",
        "0.00123456, 0.001235",
        "999.96, 1000",
        "1000.5, 1001",
        "2000, 2000",
        "123456789.4, 123456789",
        "-3.25, -3.25",
        "1e-9, 0.000000001",
        "1e20, 100000000000000000000",
        "NaN, unknown",
        "Infinity, unlimited",
        "-Infinity, -unlimited"
    })
    void show_keepsFourDigits(double amount, String text) {
        assertThat(Numbers.show(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "38.9, $38.90",
        "-4.2, -$4.20",
        "0, $0.00",
        "-0.001, $0.00",
        "0.07, $0.07",
        "999, $999.00",
        "'1234567.891', '$1,234,567.89'",
        "-1000, '-$1,000.00'",
        "NaN, unknown",
        "Infinity, unlimited",
        "-Infinity, -unlimited"
    })
    void dollars_haveTwoDecimals(double amount, String text) {
        assertThat(Numbers.dollars(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.615, 61.5 %",
        "1, 100 %",
        "0.0004, 0 %",
        "-0.125, -12.5 %",
        "0, 0 %",
        "NaN, unknown",
        "Infinity, unlimited",
        "-Infinity, -unlimited",
        "-0.0, 0 %",
        "2e306, unlimited"
    })
    void percent_hasOneDecimal(double share, String text) {
        assertThat(Numbers.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "1e3, 1000", "-2.5, -2.5", "four, NaN", "NaN, NaN", "0x10, NaN", "4d, NaN", "'', NaN"})
    void parse_readsDecimalsOnly(String text, double number) {
        assertThat(Numbers.parse(text)).isEqualTo(Double.valueOf(number));
    }

    @Test
    void anyAmount_isTheExactAmountRounded() {
        amounts().forEach(amount -> {
            assertThat(Numbers.show(amount)).isEqualTo(exactShow(amount));
            assertThat(Numbers.dollars(amount)).isEqualTo(exactDollars(amount));
            assertThat(Numbers.percent(amount)).isEqualTo(exactPercent(amount));
        });
    }

    /** Of every size, half of them short decimals, which lie near or on the middle of two roundings. */
    private static DoubleStream amounts() {
        SplittableRandom random = new SplittableRandom(11);
        return DoubleStream.generate(() -> {
                    double any = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(-9, 14));
                    BigDecimal rounded = new BigDecimal(any).round(new MathContext(random.nextInt(1, 7)));
                    return random.nextBoolean() ? any : rounded.doubleValue();
                })
                .limit(TRIES);
    }

    private static String exactShow(double amount) {
        BigDecimal exact = new BigDecimal(amount);
        BigDecimal rounded = Math.abs(amount) >= 1000
                ? exact.setScale(0, RoundingMode.HALF_UP)
                : exact.round(new MathContext(4, RoundingMode.HALF_UP));
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static String exactDollars(double amount) {
        BigDecimal cents = new BigDecimal(amount).setScale(2, RoundingMode.HALF_UP);
        return (cents.signum() < 0 ? "-$" : "$") + String.format(Locale.ROOT, "%,.2f", cents.abs());
    }

    private static String exactPercent(double share) {
        return new BigDecimal(share * 100)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    @Test
    void significant_keepsSevenDigits_andEqualsWhatDecimalArithmeticGives() {
        assertThat(Numbers.significant(-13.760500000000008)).isEqualTo(-13.7605);
        assertThat(Numbers.significant(0.1234567891)).isEqualTo(0.1234568);
        assertThat(Numbers.significant(123_456_789.0)).isEqualTo(123_456_800.0);
        assertThat(Numbers.significant(0)).isZero();
        assertThat(Numbers.significant(Double.NaN)).isNaN();
        assertThat(Numbers.significant(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Numbers.significant(1e-12)).isEqualTo(1e-12);
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 100_000; i++) {
            double number = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(18) - 8);
            double exact = new java.math.BigDecimal(number)
                    .round(new java.math.MathContext(7, java.math.RoundingMode.HALF_EVEN))
                    .doubleValue();
            assertThat(Numbers.significant(number)).isCloseTo(exact, within(Math.abs(exact) * 1.1e-6));
            assertThat(Numbers.significant(Numbers.significant(number))).isEqualTo(Numbers.significant(number));
        }
    }
}
