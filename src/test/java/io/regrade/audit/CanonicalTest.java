package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.CanonicalJson;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verifier's canonical JSON against RFC 8785, and against the writer's, which is another program. */
class CanonicalTest {

    /** RFC 8785, appendix B. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void number_isThatOfTheRfc(String bits, String text) {
        assertThat(Canonical.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @Test
    void number_isThatOfTheWriter_forAnyBits() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : Math.scalb(1.0, random.nextInt(-1074, 1024));
            if (Double.isFinite(value)) {
                byte[] json = ("[" + value + "]").getBytes(UTF_8);
                assertThat(new String(Canonical.bytes(Canonical.read(json)), UTF_8))
                        .isEqualTo(new String(CanonicalJson.bytes(Canonical.read(json)), UTF_8));
            }
        }
    }

    @Test
    void text_isSortedAndEscapedAsTheRfcWants() throws IOException {
        String json =
                "{ \"\\u20ac\": \"Euro\", \"\\r\": \"\\u000f\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\", \"1\": [true, null, {}],"
                        + " \"\\ud83d\\ude00\": \"é\", \"\\ufb33\": [] }";
        assertThat(new String(Canonical.bytes(Canonical.read(json.getBytes(UTF_8))), UTF_8))
                .isEqualTo(
                        "{\"\\r\":\"\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"1\":[true,null,{}],\"€\":\"Euro\",\"😀\":\"é\",\"\ufb33\":[]}");
    }
}
