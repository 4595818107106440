package io.regrade.pipeline.manifest;

import io.regrade.fact.Attribute;
import io.regrade.intake.manifest.found.Place;

/**
 * Something that a manifest says and that is otherwise than what is known.
 *
 * @param attribute what it is about
 * @param subject the machine or module it is said of, empty when the manifest names none
 * @param text both sides, such as {@code declares 32 GiB, never above 6.1 GiB in 28 days}
 * @param place where the manifest says it
 */
public record Conflict(Attribute attribute, String subject, String text, Place place) {}
