/**
 * Static analysis: what manifests and binaries say of machines and of their software, recognised by content.
 *
 * <p>{@link io.regrade.intake.manifest.Analyzer} chooses the reader; {@code found} is what it answers, {@code source}
 * guards every read, {@code machine}, {@code software} and {@code binary} hold one reader for each format.
 */
@NullMarked
package io.regrade.intake.manifest;

import org.jspecify.annotations.NullMarked;
