package io.regrade.pipeline;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.ledger.WrongStateException;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Begins drafts and changes their files. Nothing looks into the files: that is what a check is for. Thread-safe. */
public final class EditDraft {

    /** What a draft of what decides now is begun from. */
    public static final String ACTIVE = "active";

    private final Drafts drafts;
    private final PolicyHistory history;

    /** Drafts of versions that are stored. */
    public EditDraft(Drafts drafts, PolicyHistory history) {
        this.drafts = drafts;
        this.history = history;
    }

    /**
     * Begins a draft with the files of an archive; what decides now is its base.
     *
     * @throws io.regrade.policy.bundle.BundleException when the archive cannot be taken
     */
    public CompletionStage<Draft> create(String policy, byte[] archive, Remark remark) {
        Contents contents = contents(BundleArchive.read(archive, "the archive").sound());
        return active(policy).thenCompose(base -> drafts.create(policy, contents, base, remark));
    }

    /**
     * Begins a draft.
     *
     * @param base {@link #ACTIVE} or the digest of the version that it is begun from; null when the files are all there are
     * @param files text by path, null for a file that is left out
     */
    public CompletionStage<Draft> create(
            String policy, @Nullable String base, Map<String, Optional<String>> files, Remark remark) {
        if (base == null) {
            Contents contents = changed(new TreeMap<>(), files);
            return active(policy).thenCompose(now -> drafts.create(policy, contents, now, remark));
        }
        CompletionStage<@Nullable String> digest =
                base.equals(ACTIVE) ? active(policy) : CompletableFuture.completedFuture(base);
        return digest.thenCompose(known -> {
            if (known == null) {
                throw RefusedException.invalid(Refusal.pointer(
                        "/base", "no version of `" + policy + "` ever decided. Maybe give all `files` without `base`"));
            }
            return history.contents(policy, known).thenCompose(found -> {
                SortedMap<String, String> files0 = found.orElseThrow(() -> RefusedException.invalid(Refusal.pointer(
                                "/base",
                                "`" + known + "` is not stored. Maybe one of `/v1/policies/" + policy + "/versions`")))
                        .files();
                return drafts.create(policy, changed(files0, files), known, remark);
            });
        });
    }

    /** Puts the files of an archive in the place of a draft's. */
    public CompletionStage<Optional<Draft>> replace(String id, byte[] archive, Remark remark, Expectation expectation) {
        return drafts.edit(
                id, contents(BundleArchive.read(archive, "the archive").sound()), remark, expectation);
    }

    /**
     * Changes one file of a draft.
     *
     * @param text its text, empty to remove it
     */
    public CompletionStage<Optional<Draft>> edit(
            String id, String path, Optional<String> text, Remark remark, Expectation expectation) {
        return drafts.byId(id).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(found);
            }
            Draft draft = found.get();
            if (!draft.state().allowed().contains(Verb.EDIT)) {
                throw WrongStateException.of(draft, Verb.EDIT);
            }
            // Nobody overwrites what another put into another file at the same time.
            Expectation same = expectation.isAny() ? new Expectation(List.of(draft.tag()), true, false) : expectation;
            return history.contents(draft.policy(), draft.digest())
                    .thenCompose(now -> drafts.edit(
                            id,
                            changed(now.map(Contents::files).orElse(new TreeMap<>()), Map.of(path, text)),
                            remark,
                            same));
        });
    }

    private CompletionStage<@Nullable String> active(String policy) {
        return history.active()
                .thenApply(all -> all.stream()
                        .filter(one -> one.policy().equals(policy))
                        .map(Activation::digest)
                        .findFirst()
                        .orElse(null));
    }

    private static Contents changed(SortedMap<String, String> base, Map<String, Optional<String>> changes) {
        SortedMap<String, String> files = new TreeMap<>(base);
        changes.forEach((path, text) -> text.ifPresentOrElse(one -> files.put(path, one), () -> files.remove(path)));
        return contents(Bundle.unsigned(files).sound());
    }

    private static Contents contents(Bundle bundle) {
        return new Contents(bundle.digest(), bundle.files(), bundle.signed());
    }
}
