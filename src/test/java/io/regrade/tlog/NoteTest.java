package io.regrade.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed notes, with the keys and notes that the documentation of Go's `sumdb/note` and of Go's checksum database show. */
class NoteTest {

    private static final VerifierKey PETER =
            VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    private static final String SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String TEXT = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";
    private static final String NOTE = TEXT + "\n"
            + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    @Test
    void note_ofAnotherImplementation_isRead_andVerifies() {
        Note note = Note.parse(NOTE);

        assertThat(note.text()).isEqualTo(TEXT);
        assertThat(note.isSignedBy(PETER)).isTrue();
        assertThat(note.format()).isEqualTo(NOTE);
        assertThat(PETER).hasToString("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    }

    @Test
    void sign_withTheirSecretKey_makesTheirNote() {
        SigningKey key = SigningKey.parse(SECRET);

        assertThat(key.verifier()).isEqualTo(PETER);
        assertThat(key.secret()).isEqualTo(SECRET);
        assertThat(new Note(TEXT, List.of(key.sign(TEXT))).format()).isEqualTo(NOTE);
    }

    @Test
    void generatedKey_readsBack_andSigns() {
        for (int i = 0; i < 20; i++) {
            SigningKey key = SigningKey.generate("example.org/log", new SecureRandom());
            assertThat(SigningKey.parse(key.secret()).verifier()).isEqualTo(key.verifier());
            assertThat(VerifierKey.parse(key.verifier().toString())).isEqualTo(key.verifier());
            assertThat(new Note("a\n", List.of(key.sign("a\n"))).isSignedBy(key.verifier()))
                    .isTrue();
            assertThat(new Note("b\n", List.of(key.sign("a\n"))).isSignedBy(key.verifier()))
                    .isFalse();
        }
    }

    @Test
    void note_withAWrongSignatureBesideARightOne_isNotSigned() {
        SigningKey key = SigningKey.parse(SECRET);
        SigningKey other = SigningKey.generate("witness", new SecureRandom());

        assertThat(new Note("a\n", List.of(key.sign("a\n"), key.sign("b\n"))).isSignedBy(PETER))
                .isFalse();
        assertThat(new Note("a\n", List.of(other.sign("b\n"), key.sign("a\n"))).isSignedBy(PETER))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no signature\\n|the note has no blank line between its text and its signatures",
                "text\\n\\n|the note does not end with signature lines",
                "text\\n\\n— a b c\\n|the signature line `— a b c` is not of the form `— name base64`",
                "text\\n\\n- a AAAAAAA=\\n|the signature line `- a AAAAAAA=` is not of the form `— name base64`",
                "text\\n\\n— a !!!!\\n|the signature of `a` `!!!!` is not base 64",
                "text\\n\\n— a AAAAAAB=\\n|the signature of `a` `AAAAAAB=` is not the canonical base 64 of its bytes",
                "text\\n\\n— a AAAA\\n|the signature of `a` is shorter than 5 bytes",
                "text\\n\\n— a+b AAAAAAA=\\n|the key name `a+b` is empty, or has white space or `+`. Maybe `example.org/log`",
                "te\\txt\\n\\n— a AAAAAAA=\\n|the note has a control character, at offset 2",
                "text\\n\\n— a AAAAAAA=|the note does not end with signature lines"
            })
    void malformedNote_isRefused(String note, String message) {
        String text = note.replace("\\n", "\n").replace("\\t", "\t");

        assertThatThrownBy(() -> Note.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void noteThatIsNoUtf8_isRefused() {
        byte[] bytes = NOTE.getBytes(UTF_8);
        bytes[3] = (byte) 0xff;

        assertThatThrownBy(() -> Note.parse(bytes)).hasMessage("the note is not UTF-8 text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PeterNeumann|is not of the form `name+id+base64`",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
                        + "|has the id c74f20a4, but the id of its name and key is c74f20a3",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW|8 lower-case hexadecimal digits",
                "PeterNeumann+c74f20a3+ARpc2Q==|has a key of 3 bytes, 32 are expected",
                "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW|is not of the type Ed25519",
                "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW|the key name `` is empty"
            })
    void malformedPublicKey_isRefused(String vkey, String message) {
        assertThatThrownBy(() -> VerifierKey.parse(vkey))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void malformedSecretKey_isRefused_withoutTellingIt() {
        assertThatThrownBy(() -> SigningKey.parse(SECRET.replace("c74f20a3", "c74f20a4")))
                .hasMessage("the secret key has the id c74f20a4, but the id of its name and key is c74f20a3");
        assertThatThrownBy(() -> SigningKey.parse(SECRET.substring(0, SECRET.length() - 8)))
                .hasMessageContaining("is not of the form")
                .message()
                .doesNotContain("AYEK");
        assertThatThrownBy(() -> SigningKey.parse("hello"))
                .hasMessage("the secret key does not start with `PRIVATE+KEY+`");
    }
}
