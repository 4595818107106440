package io.regrade.ledger.pack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackDictionaryTest {

    private static final List<byte[]> NOTHING = List.of();

    private final PackDictionary learnt = learn(bodies(100, 1));

    @Test
    void pack_anyBody_unpacksToTheByte() {
        for (byte[] body : bodies(300, 2)) {
            assertThat(learnt.unpack(learnt.pack(body, NOTHING), NOTHING)).isEqualTo(body);
        }
    }

    @Test
    void pack_alikeBodies_areASmallPartOfThemselves() {
        long plain = 0;
        long packed = 0;
        for (byte[] body : bodies(100, 3)) {
            plain += body.length;
            packed += learnt.pack(body, NOTHING).length;
        }

        assertThat(packed).isLessThan(plain / 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[0,1,-2.50,1e-7,1.5e+30,0.000003,12345678901234567890,08,007.50,1.,.5,99.]",
                "{\"a\":\"08:15\",\"b\":\"f1\",\"c\":\"f01\",\"d\":\"f\",\"e\":\"f123456\",\"f7\":\"f7\",\"g\":\"f2\",\"h\":\"f1\"}",
                "{\"at\":[\"2026-01-31T12:00:00Z\",\"2026-01-31T12:00:00.000Z\",\"2026-01-31T12:00:00.120Z\",\"1969-01-31T12:00:00Z\",\"2026-02-31T12:00:00Z\"]}",
                "{\"bins\":\"no base 64 12\",\"x\":{\"bins\":\"AAAA11==\"}}",
                "{\"bins\":\"P/AAAAAAAABAAAAAAAAAAA==\",\"x\":{\"bins\":\"P/AAAAAAAABAAAAAAAAAAB==\"}}",
                "{\"hex\":[\"00ff00ff00ff00ff00ff00ff00ff00ff\",\"00FF00ff00ff00ff00ff00ff00ff00ff\",\"sha256:1\"]}",
                "{\"why\":\"needs 12.35 GiB, \\\"has\\\" 8\\\\, $4.00 short; 12.345 is 12.35 and 1234567.891 is 1234568\"}",
                "{\"cut\":\"off 12",
                "{\"cut\":\"off 12\\",
                "ünïcode 12 ☃ \"ünï 12\" \"☃1\"",
                "12.345 12.35 12.3 0.0005 1000.5 1001 999.95 1000"
            })
    void pack_oddText_unpacksToTheByte(String text) {
        byte[] body = text.getBytes(UTF_8);

        assertThat(learnt.unpack(learnt.pack(body, NOTHING), NOTHING)).isEqualTo(body);
    }

    @Test
    void pack_anyBytes_unpackToTheByte() {
        Random random = new Random(5);
        byte[] letters = "\"\\f0123456789.,:{}[]-e aZT\n".getBytes(UTF_8);
        for (int round = 0; round < 2000; round++) {
            byte[] body = new byte[random.nextInt(200)];
            for (int i = 0; i < body.length; i++) {
                body[i] = letters[random.nextInt(letters.length)];
            }
            assertThat(learnt.unpack(learnt.pack(body, NOTHING), NOTHING))
                    .as(new String(body, UTF_8))
                    .isEqualTo(body);
        }
    }

    @Test
    void pack_bodyThatSaysItsContext_saysItOnlyByReference() {
        String id = HexFormat.of().formatHex(random(16, 9));
        byte[] body = ("{\"id\":\"" + id + "\"}").getBytes(UTF_8);
        List<byte[]> context = List.of(id.getBytes(UTF_8));

        byte[] packed = learnt.pack(body, context);

        assertThat(learnt.unpack(packed, context)).isEqualTo(body);
        assertThat(packed).hasSizeLessThan(learnt.pack(body, NOTHING).length - 14);
    }

    @Test
    void learn_ofOneMachinesManyBodies_keepsNothingThatOnlyTheySay() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String one = "{\"at\":" + i + ",\"name\":\"vm-secret\",\"note 7\":\"about 12 secrets\",\"size\":42}";
            samples.add(new Sample(one.getBytes(UTF_8), NOTHING, "vm-" + i % 2, List.of()));
            String other = "{\"at\":" + i + ",\"kind\":\"b2.large\",\"size\":42}";
            samples.add(new Sample(other.getBytes(UTF_8), NOTHING, "vm-" + (2 + i % 3), List.of()));
        }

        assertThat(text(PackDictionary.learn(samples)))
                .contains(",\"kind\":\"", "b2.large")
                .doesNotContain("secret", "about", "note");
    }

    @Test
    void learn_ofWordsThatMustNotBe_keepsNone_howeverManySayThem() {
        List<Sample> samples = new ArrayList<>();
        List<byte[]> untold =
                List.of("jane".getBytes(UTF_8), "team 51 of us".getBytes(UTF_8), "b2.large".getBytes(UTF_8));
        for (int i = 0; i < 100; i++) {
            String json =
                    "{\"at\":" + (i + 10) + ",\"jane\":12,\"of\":\"team 51 of us\",\"owner\":\"jane\",\"size\":10,"
                            + "\"type\":\"b2.large\",\"why\":\"is b2.large, needs 12 more\",\"zone\":\"z-1\"}";
            samples.add(new Sample(json.getBytes(UTF_8), NOTHING, "vm-" + i, untold));
        }

        assertThat(text(PackDictionary.learn(samples)))
                .contains(",\"jane\":", "z-1")
                .doesNotContain("\"jane\",", "team", "b2.large");
    }

    @Test
    void bytes_readBack_unpackWhatWasPackedBefore() {
        PackDictionary again = PackDictionary.of(learnt.bytes());

        for (byte[] body : bodies(20, 4)) {
            assertThat(again.unpack(learnt.pack(body, NOTHING), NOTHING)).isEqualTo(body);
        }
        assertThat(again.bytes()).isEqualTo(learnt.bytes());
    }

    @Test
    void unpack_damagedBody_failsOrGivesBytes_neverMore() {
        byte[] packed = learnt.pack(bodies(1, 6).get(0), NOTHING);
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = packed.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            damaged = random.nextInt(4) == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
            try {
                learnt.unpack(damaged, NOTHING);
            } catch (DamagedPackException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void of_otherBytes_isRefused() {
        assertThatThrownBy(() -> PackDictionary.of(new byte[] {1, 2, 3}))
                .isInstanceOf(DamagedPackException.class)
                .hasMessageContaining("no known form");
        byte[] cut = Arrays.copyOf(learnt.bytes(), 100);
        assertThatThrownBy(() -> PackDictionary.of(cut)).isInstanceOf(DamagedPackException.class);
    }

    @Test
    void learn_ofNothing_packsAllTheSame() {
        PackDictionary empty = PackDictionary.learn(List.of());
        byte[] body = bodies(1, 8).get(0);

        assertThat(empty.unpack(empty.pack(body, NOTHING), NOTHING)).isEqualTo(body);
    }

    private static PackDictionary learn(List<byte[]> bodies) {
        List<Sample> samples = new ArrayList<>();
        for (byte[] body : bodies) {
            samples.add(new Sample(body, NOTHING, "vm-" + samples.size(), List.of()));
        }
        return PackDictionary.learn(samples);
    }

    private static List<byte[]> bodies(int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(CanonicalJson.bytes(body(random)));
        }
        return bodies;
    }

    private static String text(PackDictionary dictionary) {
        return new String(dictionary.bytes(), ISO_8859_1);
    }

    /** Something with numbers, sentences that repeat them, names of facts, digests, moments and bins. */
    private static ObjectNode body(Random random) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", HexFormat.of().formatHex(random(16, random.nextLong())));
        body.put("digest", "sha256:" + HexFormat.of().formatHex(random(32, random.nextLong())));
        ArrayNode facts = body.putArray("facts");
        int count = 3 + random.nextInt(10);
        for (int i = 1; i <= count; i++) {
            double amount = Math.round(random.nextDouble() * 1e7) / 1e6;
            ObjectNode fact = facts.addObject();
            fact.put("id", "f" + i);
            fact.put("amount", amount);
            fact.put("target", "cloud/north-1/b" + random.nextInt(50) + ".large");
            fact.put("why", "needs " + Math.round(amount * 1000) / 1000.0 + " GiB, has " + random.nextInt(64));
            fact.put("from", "2026-01-31T12:00:0" + random.nextInt(10) + "Z");
            fact.put("matched", "f" + (1 + random.nextInt(i)));
        }
        ByteBuffer bins = ByteBuffer.allocate(16 * count);
        double at = 0;
        for (int i = 0; i < count; i++) {
            at += 1 + random.nextInt(3);
            bins.putDouble(Math.pow(1.02, at)).putDouble(random.nextInt(10) == 0 ? i + 0.5 : 10 * (i + 1));
        }
        body.put("bins", bins.array());
        return body;
    }

    private static byte[] random(int bytes, long seed) {
        byte[] some = new byte[bytes];
        new Random(seed).nextBytes(some);
        return some;
    }
}
