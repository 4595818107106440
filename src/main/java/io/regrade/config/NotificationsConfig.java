package io.regrade.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How people are told of offers. Only what is named here is ever called: requests name webhooks, they give no addresses.
 *
 * @param webhooks whom HTTP requests are sent to
 * @param mail where mail is handed over
 * @param publicUrl where people reach this server, such as {@code https://regrade.example.org}; empty when links cannot be
 *     given
 * @param linkKeyFile holds the key that signs links, null for {@code links.key} in the data directory; made when missing
 * @param attempts how often something is sent before it is given up
 * @param firstRetrySeconds how long it takes about until the second attempt; each later one takes twice as long
 */
public record NotificationsConfig(
        List<Webhook> webhooks,
        Mail mail,
        String publicUrl,
        @Nullable Path linkKeyFile,
        int attempts,
        int firstRetrySeconds) {

    /** Copies the list. */
    public NotificationsConfig {
        webhooks = List.copyOf(webhooks);
    }

    /**
     * Whom HTTP requests are sent to.
     *
     * @param name what requests call it
     * @param url where it is; {@code https}, or {@code http} on this machine
     * @param secret signs what is sent, {@code whsec_} and Base64; never printed
     * @param secretFile where the secret is read, null when it is given
     * @param always whether it is told of every offer, and not only of those that name it
     */
    public record Webhook(
            String name, URI url, String secret, @Nullable Path secretFile, boolean always) {

        @Override
        public String toString() {
            return "Webhook[name=" + name + ", url=" + url.getScheme() + "://" + url.getAuthority() + "/…, always="
                    + always + "]";
        }
    }

    /**
     * Where mail is handed over.
     *
     * @param host the mail server; empty: none is sent
     * @param port its port
     * @param tls {@code none}, {@code starttls} or {@code tls}
     * @param user who hands it over, empty for nobody in particular
     * @param password never printed
     * @param passwordFile where the password is read, null when it is given
     * @param from whom it is from
     */
    public record Mail(
            String host,
            int port,
            String tls,
            String user,
            String password,
            @Nullable Path passwordFile,
            String from) {

        /** Whether there is a mail server. */
        public boolean isConfigured() {
            return !host.isEmpty();
        }

        @Override
        public String toString() {
            return "Mail[host=" + host + ", port=" + port + ", tls=" + tls + ", user=" + user + ", from=" + from + "]";
        }
    }

    /** The names of the webhooks that are told of every offer. */
    public Set<String> always() {
        return webhooks.stream().filter(Webhook::always).map(Webhook::name).collect(Collectors.toUnmodifiableSet());
    }

    /** This configuration with its relative paths starting at a directory. */
    NotificationsConfig at(Path home) {
        return new NotificationsConfig(
                webhooks.stream()
                        .map(one ->
                                new Webhook(one.name, one.url, one.secret, resolved(home, one.secretFile), one.always))
                        .toList(),
                new Mail(
                        mail.host,
                        mail.port,
                        mail.tls,
                        mail.user,
                        mail.password,
                        resolved(home, mail.passwordFile),
                        mail.from),
                publicUrl,
                resolved(home, linkKeyFile),
                attempts,
                firstRetrySeconds);
    }

    private static @Nullable Path resolved(Path home, @Nullable Path file) {
        return file == null ? null : home.resolve(file);
    }
}
