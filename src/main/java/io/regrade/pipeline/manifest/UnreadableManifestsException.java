package io.regrade.pipeline.manifest;

import io.regrade.intake.manifest.found.ManifestException;
import java.util.List;
import java.util.stream.Collectors;

/** Manifests that cannot be read; nothing of the fleet was taken. The message lists them, one a line. */
public final class UnreadableManifestsException extends RuntimeException {

    private static final int LISTED = 100;

    /** Lists the first hundred. */
    public UnreadableManifestsException(List<ManifestException> refused) {
        super(refused.stream().limit(LISTED).map(ManifestException::getMessage).collect(Collectors.joining("\n"))
                + (refused.size() > LISTED ? "\nand " + (refused.size() - LISTED) + " more" : ""));
    }
}
