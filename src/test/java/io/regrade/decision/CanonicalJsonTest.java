package io.regrade.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test vectors of RFC 8785 and fixed texts, so that digests are the same on every Java version. */
class CanonicalJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** RFC 8785, appendix B: the bits of a number and its text. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
    })
    void number_isWrittenAsTheRfcSays(String bits, String text) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(canonical(DoubleNode.valueOf(number))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1.5, -1.5",
        "0.1, 0.1",
        "12.4, 12.4",
        "0.30000000000000004, 0.30000000000000004",
        "2e-3, 0.002",
        "1e-6, 0.000001",
        "1e-7, 1e-7",
        "1.5e-7, 1.5e-7",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "123456789012345680000, 123456789012345680000",
        "1.2345678901234567e21, 1.2345678901234568e+21",
        "2e23, 2e+23",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "2.225073858507201e-308, 2.225073858507201e-308",
        "4.35, 4.35",
        "0.5131, 0.5131",
        "9007199254740991, 9007199254740991",
        "9007199254740993, 9007199254740992",
        "1.0e22, 1e+22",
        "8.41e21, 8.41e+21",
        "2.0e-322, 2e-322",
        "5.0e-4, 0.0005",
        "1e16, 10000000000000000",
    })
    void number_isTheSameOnEveryJava(double number, String text) {
        assertThat(canonical(DoubleNode.valueOf(number))).isEqualTo(text);
    }

    @Test
    void number_readsBackToTheSameBits() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number) && number != 0) {
                String text = canonical(DoubleNode.valueOf(number));
                assertThat(Double.parseDouble(text)).isEqualTo(number);
                assertThat(text).matches("-?(0|[1-9]\\d*)(\\.\\d*[1-9])?(e[+-][1-9]\\d*)?");
            }
        }
    }

    @Test
    void number_withFewDecimals_isWrittenAsTheShortestThatReadsBack() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 200_000; i++) {
            double tens = Math.pow(10, random.nextInt(12));
            double number = (random.nextBoolean() ? 1 : -1) * random.nextLong(10_000_000_000L) / tens;
            double near = random.nextInt(3) == 0 ? Math.nextUp(number) : number;
            StringBuilder shortest = new StringBuilder();
            CanonicalJson.number(near, shortest);
            assertThat(canonical(DoubleNode.valueOf(near))).isEqualTo(shortest.toString());
        }
    }

    @Test
    void integers_areWrittenAsTheNumbersTheyAre() throws JsonProcessingException {
        assertThat(canonical("[1, -7, 1e2, 1.0, 9223372036854775807, 100000000000000000000000]"))
                .isEqualTo("[1,-7,100,1,9223372036854776000,1e+23]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void number_thatJsonDoesNotHaveIsRefused(double number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> canonical(DoubleNode.valueOf(number)))
                .withMessage("`" + number + "` cannot be written as JSON");
    }

    /** RFC 8785, section 3.2.2, the example of serialisation. */
    @Test
    void object_isWrittenAsInTheExampleOfTheRfc() throws JsonProcessingException {
        String input = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;
        assertThat(canonical(input))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, section 3.2.3: by UTF-16 code units, so that U+1F600 (a surrogate pair) comes before U+FB33. */
    @Test
    void keys_areSortedByUtf16CodeUnits() throws JsonProcessingException {
        String input = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}
                """;
        assertThat(canonical(input))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void controlCharacters_areEscapedAsShortAsCanBe() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0x20; c++) {
            all.append(c);
        }
        all.append("\u007f/\u2028");
        assertThat(canonical(JsonNodeFactory.instance.textNode(all.toString())))
                .isEqualTo(
                        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
                                + "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c"
                                + "\\u001d\\u001e\\u001f\u007f/\u2028\"");
    }

    @Test
    void digest_isOverTheCanonicalBytes() throws JsonProcessingException {
        assertThat(CanonicalJson.digest(JSON.readTree("{ }")))
                .isEqualTo("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("b", 1.0);
        node.put("a", "x");
        assertThat(CanonicalJson.digest(node)).isEqualTo(CanonicalJson.digest(JSON.readTree("{\"a\":\"x\", \"b\":1}")));
        assertThat(CanonicalJson.bytes(node)).isEqualTo("{\"a\":\"x\",\"b\":1}".getBytes(UTF_8));
    }

    private static String canonical(String json) throws JsonProcessingException {
        return canonical(JSON.readTree(json));
    }

    private static String canonical(com.fasterxml.jackson.databind.JsonNode node) {
        return new String(CanonicalJson.bytes(node), UTF_8);
    }
}
