/**
 * Guarded ways to read what strangers wrote: text in its encoding, XML without document types, YAML, archives with
 * bounds, bytes with offsets. Whatever is wrong becomes a {@code ManifestException} with its place.
 */
@NullMarked
package io.regrade.intake.manifest.source;

import org.jspecify.annotations.NullMarked;
