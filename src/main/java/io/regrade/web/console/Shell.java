package io.regrade.web.console;

/**
 * What surrounds every page.
 *
 * @param title the page's title
 * @param section the part of the console it belongs to
 * @param nonce what the page's own scripts and styles are known by
 * @param assets where scripts and styles are, without a slash at the end
 * @param importMap where modules are found, JSON
 * @param version Regrade's version
 */
public record Shell(String title, Section section, String nonce, String assets, String importMap, String version) {}
