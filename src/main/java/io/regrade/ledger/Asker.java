package io.regrade.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Who asked for something that is recorded. Nothing here is authenticated: it is what the request said of itself.
 *
 * @param via how it was asked: {@code http}, {@code cli}, {@code evaluation}, {@code demo} or {@code server}
 * @param who the name that was given, null for none
 * @param address where the request came from, null when it came from within
 */
public record Asker(
        String via, @Nullable String who, @Nullable String address) {

    /** Regrade itself, such as when it activates a policy at its start. */
    public static final Asker SERVER = new Asker("server", null, null);

    /** The name that was given, or else the address, or else the way it came: for logs and leaves of the audit log. */
    public String name() {
        return who != null ? who : address != null ? address : via;
    }
}
