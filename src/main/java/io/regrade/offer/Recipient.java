package io.regrade.offer;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who is asked: an administrator, or a cloud.
 *
 * @param name who
 * @param cloud for which cloud, null for none in particular
 * @param email where mail is sent, null for none
 * @param webhook the name of a configured webhook that is told, null for none
 */
public record Recipient(
        String name,
        @Nullable String cloud,
        @Nullable String email,
        @Nullable String webhook) {}
