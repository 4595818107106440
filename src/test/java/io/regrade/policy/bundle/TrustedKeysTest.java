package io.regrade.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.tlog.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrustedKeysTest {

    private static final SigningKey OURS = SigningKey.generate("example.org/policies", new SecureRandom());
    private static final SigningKey OTHER = SigningKey.generate("example.net/policies", new SecureRandom());

    private static Bundle bundle(String text) {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", text);
        return Bundle.unsigned(files);
    }

    private static void refused(TrustedKeys keys, Bundle bundle, String message) {
        assertThatThrownBy(() -> keys.admit(bundle, "a.tar.gz"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void admit_ofWhatIsSignedWithATrustedKey_takesIt() {
        TrustedKeys keys = new TrustedKeys(List.of(OURS.verifier()));
        Bundle signed = Manifest.sign(bundle("name: a\n"), OURS);

        Bundle read = BundleArchive.read(BundleArchive.write(signed), "a.tar.gz");

        assertThat(keys.admit(read, "a.tar.gz").digest())
                .isEqualTo(bundle("name: a\n").digest());
        Bundle both = Manifest.sign(signed, OTHER);
        assertThat(Manifest.signers(both.signed())).containsExactly("example.org/policies", "example.net/policies");
        assertThat(new TrustedKeys(List.of(OTHER.verifier())).admit(both, "a")).isEqualTo(both);
    }

    @Test
    void admit_ofAnythingElse_saysWhy() {
        TrustedKeys keys = new TrustedKeys(List.of(OURS.verifier()));
        Bundle signed = Manifest.sign(bundle("name: a\n"), OURS);

        refused(keys, bundle("name: a\n"), "the policy is not signed, but it must be: with `example.org/policies`");
        refused(keys, new Bundle(signed.files(), Manifest.of(signed.files())), "is not signed");
        refused(keys, Manifest.sign(bundle("name: a\n"), OTHER), "signed by `example.net/policies`, which is no right");
        refused(
                keys,
                new Bundle(bundle("name: b\n").files(), signed.signed()),
                "the signature is for another version: `policy.yaml` is not as the manifest says");
        SigningKey impostor = SigningKey.generate("example.org/policies", new SecureRandom());
        refused(keys, Manifest.sign(bundle("name: a\n"), impostor), "no right signature");
        assertThat(TrustedKeys.ANY.admit(bundle("name: a\n"), "a").signed()).isNull();
    }
}
