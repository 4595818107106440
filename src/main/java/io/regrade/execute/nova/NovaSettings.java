package io.regrade.execute.nova;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an OpenStack is reached.
 *
 * @param auth Keystone's address, such as {@code http://keystone:5000/v3}
 * @param user who asks
 * @param password never printed
 * @param project in which project
 * @param domain the domain of user and project
 * @param region whose compute service, null for any
 * @param timeout how long one call may take
 */
public record NovaSettings(
        URI auth,
        String user,
        String password,
        String project,
        String domain,
        @Nullable String region,
        Duration timeout) {

    @Override
    public String toString() {
        return "NovaSettings[auth=" + auth + ", user=" + user + ", project=" + project + ", region=" + region + "]";
    }
}
