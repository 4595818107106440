package io.regrade.intake.manifest.found;

/**
 * Something worth telling that is no fact, such as a name that is not known.
 *
 * @param text what was found
 * @param place where
 */
public record Note(String text, Place place) {}
