/** What was found in manifests and binaries: declarations, modules with their requirements, notes, each with its place. */
@NullMarked
package io.regrade.intake.manifest.found;

import org.jspecify.annotations.NullMarked;
