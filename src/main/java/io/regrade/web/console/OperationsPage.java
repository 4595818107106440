package io.regrade.web.console;

import java.util.Map;

/**
 * How the server is.
 *
 * @param settings its configuration by key, secrets hidden
 * @param versions the versions of what it is made of
 */
public record OperationsPage(Map<String, String> settings, Map<String, String> versions) {}
