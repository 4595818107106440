package io.regrade.policy.bundle;

import io.regrade.tlog.VerifierKey;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The public keys that a policy must be signed with. Immutable, thread-safe.
 *
 * @param keys a signature with one of them is enough; empty: nothing need be signed
 */
public record TrustedKeys(List<VerifierKey> keys) {

    /** Any policy is taken. */
    public static final TrustedKeys ANY = new TrustedKeys(List.of());

    /** Copies the list. */
    public TrustedKeys {
        keys = List.copyOf(keys);
    }

    /** Whether a policy must be signed. */
    public boolean isDemanding() {
        return !keys.isEmpty();
    }

    /**
     * Takes a bundle, or refuses it.
     *
     * @param name what messages call the bundle
     * @return the bundle
     * @throws BundleException when a signature is demanded and none is there, none is of a trusted key, or it is for other
     *     files
     */
    public Bundle admit(Bundle bundle, String name) {
        if (!isDemanding()) {
            return bundle;
        }
        String signed = bundle.signed();
        if (signed == null || Manifest.signers(signed).isEmpty()) {
            throw refused("unsigned", name, "the policy is not signed, but it must be: with " + names());
        }
        if (!Manifest.fits(signed, bundle.files())) {
            throw refused(
                    "wrong-signature",
                    name,
                    "the signature is for another version: " + Manifest.firstDifference(signed, bundle.files()));
        }
        if (keys.stream().noneMatch(key -> Manifest.isSignedBy(signed, key))) {
            throw refused(
                    "wrong-signature",
                    name,
                    "the policy is signed by `" + String.join("`, `", Manifest.signers(signed))
                            + "`, which is no right signature of " + names());
        }
        return bundle;
    }

    private String names() {
        return keys.stream().map(key -> "`" + key.name() + "`").distinct().collect(Collectors.joining(" or "));
    }

    private static BundleException refused(String code, String name, String message) {
        return new BundleException(
                code, name, message + ". Maybe `./regrade policy sign --policy " + name + " --key FILE`");
    }
}
