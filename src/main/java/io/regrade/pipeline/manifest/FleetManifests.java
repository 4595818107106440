package io.regrade.pipeline.manifest;

import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code manifests/} of a fleet directory: a file is named after its machine, such as {@code web-1.ovf}, and so is
 * a directory with several, such as {@code web-1/shop.jar}.
 */
public final class FleetManifests {

    private static final String DIRECTORY = "manifests";

    private final AnalyzeManifests manifests;

    public FleetManifests(AnalyzeManifests manifests) {
        this.manifests = manifests;
    }

    /**
     * The fleet with what its manifests say; the same when there are none.
     *
     * @throws UnreadableManifestsException when one cannot be read or is of no machine; with all of those
     */
    public Fleet joined(Fleet fleet, Path directory) {
        Path below = directory.resolve(DIRECTORY);
        if (!Files.isDirectory(below)) {
            return fleet;
        }
        Map<String, VmFacts> machines = new HashMap<>();
        fleet.vms().forEach(facts -> machines.put(facts.vm().id(), facts));
        Map<String, List<VmFacts>> adds = new HashMap<>();
        List<ManifestException> refused = new ArrayList<>();
        for (Path entry : entries(below)) {
            String id = machine(entry, machines);
            VmFacts facts = id == null ? null : machines.get(id);
            if (id == null || facts == null) {
                refused.add(new ManifestException(
                        Place.line(entry.toString(), 0),
                        "the fleet has no machine of this name. Maybe name it after a machine, such as `web-1.ovf`"));
                continue;
            }
            for (AnalyzeManifests.Result result : manifests.files(entry, null)) {
                Analysis analysis = result.analysis();
                if (analysis != null) {
                    adds.computeIfAbsent(id, key -> new ArrayList<>()).add(Declared.facts(analysis, facts.vm()));
                } else if (result.refusal() != null) {
                    refused.add(result.refusal());
                }
            }
        }
        if (!refused.isEmpty()) {
            throw new UnreadableManifestsException(refused);
        }
        List<VmFacts> joined = fleet.vms().stream()
                .map(facts ->
                        KnownFacts.join(facts, adds.getOrDefault(facts.vm().id(), List.of())))
                .toList();
        return new Fleet(joined, fleet.targets(), fleet.pricing(), fleet.shared());
    }

    private static List<Path> entries(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine that an entry is named after: its whole name, or what is left without one ending after another. */
    private static @Nullable String machine(Path entry, Map<String, VmFacts> machines) {
        String name = entry.getFileName().toString();
        while (!machines.containsKey(name)) {
            int dot = name.lastIndexOf('.');
            if (dot <= 0) {
                return null;
            }
            name = name.substring(0, dot);
        }
        return name;
    }
}
