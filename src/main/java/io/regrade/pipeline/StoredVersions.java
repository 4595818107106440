package io.regrade.pipeline;

import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LivePolicies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.TrustedKeys;
import java.util.Optional;

/** The versions of policies that are kept, loaded or not, as far as they are signed as they must be. Thread-safe. */
public final class StoredVersions {

    /** Keeps none, and takes what is loaded as it is. */
    static final StoredVersions NONE = new StoredVersions(digest -> Optional.empty(), TrustedKeys.ANY);

    private final Store store;
    private final TrustedKeys trusted;

    /** Where they are. */
    public interface Store {

        /** The files of a version and its manifest; the digest may be cut after eight of its digits. */
        Optional<Contents> version(String digest);
    }

    /**
     * Those of a store.
     *
     * @param trusted the keys that a version must be signed with
     */
    public StoredVersions(Store store, TrustedKeys trusted) {
        this.store = store;
        this.trusted = trusted;
    }

    /** Those of a ledger; waits for it. */
    public static StoredVersions of(LivePolicies ledger, TrustedKeys trusted) {
        return new StoredVersions(digest -> LedgerAnswer.await(ledger.version(digest)), trusted);
    }

    /** Whether a version that is loaded may be asked for as it is: one loaded for a replay need not be signed. */
    boolean vouchFor(ReadyPolicy loaded) {
        return !trusted.isDemanding() || loaded.signed() != null;
    }

    /**
     * A version as it was written; empty when there is none.
     *
     * @param digest {@code sha256:} and at least eight digits; the rest may be cut
     * @throws io.regrade.policy.PolicyException when it is not signed as it must be, or cannot be read any more
     */
    Optional<PolicyBundle> policy(String name, String digest) {
        return store.version(digest)
                .map(found -> PolicyReader.of(
                        new Bundle(found.files(), found.manifest()), name + "@" + found.digest(), trusted));
    }
}
