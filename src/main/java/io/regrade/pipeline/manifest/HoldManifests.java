package io.regrade.pipeline.manifest;

import io.regrade.decision.CanonicalJson;
import io.regrade.fact.VmFacts;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.HeldManifest;
import io.regrade.ledger.Inventory;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Analyses what is given of held machines and keeps what was found, so that later decisions see it. Thread-safe. */
public final class HoldManifests {

    private static final int NAME_DIGITS = 16;

    private final Inventory inventory;
    private final AnalyzeManifests manifests;

    /**
     * Holds manifests.
     *
     * @param inventory what is held, without what manifests say
     */
    public HoldManifests(Inventory inventory, AnalyzeManifests manifests) {
        this.inventory = inventory;
        this.manifests = manifests;
    }

    /**
     * What became of a manifest.
     *
     * @param manifest what is held now
     * @param conflicts what does not fit to what is known of the machine
     * @param created whether none of its name was held
     */
    public record Held(HeldManifest manifest, List<Conflict> conflicts, boolean created) {

        /** Copies the list. */
        public Held {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * Analyses a manifest and holds what it says; one of the same name makes place.
     *
     * @param vm the machine's id
     * @param name what it is called, null to call it after its content
     * @return what is held, empty when the machine is not
     * @throws io.regrade.intake.manifest.found.ManifestException when it cannot be read
     */
    public CompletionStage<Optional<Held>> put(String vm, @Nullable String name, byte[] content) {
        Optional<VmFacts> machine = inventory.snapshot().vm(vm);
        if (machine.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String digest = HexFormat.of().formatHex(CanonicalJson.sha256().digest(content));
        String called = name == null ? digest.substring(0, NAME_DIGITS) : name;
        Analysis analysis = manifests.bytes(called, content);
        HeldManifest manifest = new HeldManifest(
                vm,
                called,
                "sha256:" + digest,
                content.length,
                Declared.facts(analysis, machine.get().vm()),
                AnalysisJson.of(analysis).toString());
        List<Conflict> conflicts = Conflicts.of(analysis, machine.get());
        return inventory
                .apply(new Change.PutManifest(manifest), Expectation.NONE)
                .thenApply(outcome -> outcome.created() + outcome.replaced() == 0
                        ? Optional.empty()
                        : Optional.of(new Held(manifest, conflicts, outcome.created() > 0)));
    }

    /** Forgets what a manifest says; whether it was held. */
    public CompletionStage<Boolean> remove(String vm, String name) {
        return inventory
                .apply(new Change.RemoveManifest(vm, name), Expectation.NONE)
                .thenApply(outcome -> outcome.removed() > 0);
    }

    /** What is held of a machine, by name; empty when the machine is not held. */
    public Optional<List<HeldManifest>> list(String vm) {
        return inventory.snapshot().vm(vm).map(held -> inventory.snapshot().manifests(vm));
    }

    /** One manifest, empty when it is not held. */
    public Optional<HeldManifest> find(String vm, String name) {
        return inventory.snapshot().manifests(vm).stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }
}
