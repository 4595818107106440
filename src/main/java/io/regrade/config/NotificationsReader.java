package io.regrade.config;

import io.regrade.config.NotificationsConfig.Mail;
import io.regrade.config.NotificationsConfig.Webhook;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code notifications}. */
final class NotificationsReader {

    /** What the secret of a webhook begins with. */
    static final String SECRET = "whsec_";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LEAST_SECRET = 24;
    private static final int MOST_SECRET = 64;

    private NotificationsReader() {}

    static NotificationsConfig read(ConfigSection section, List<String> problems) {
        List<Webhook> webhooks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigSection row : section.rows("webhooks")) {
            Webhook webhook = webhook(row, problems);
            if (webhook != null && !names.add(webhook.name())) {
                problems.add(row.where("name") + "there is another webhook `" + webhook.name() + "`");
            } else if (webhook != null) {
                webhooks.add(webhook);
            }
        }
        Mail mail = new Mail(
                section.optional("smtp_host"),
                section.integer("smtp_port", 587, 1, 65_535),
                section.choice("smtp_tls", "starttls", List.of("none", "starttls", "tls")),
                section.optional("smtp_user"),
                section.optional("smtp_password"),
                section.optionalPath("smtp_password_file"),
                section.optional("mail_from"));
        if (mail.isConfigured() && !mail.from().contains("@")) {
            problems.add(section.where("mail_from") + "`mail_from` is `" + mail.from()
                    + "`, which is no address to send mail from. Maybe `regrade@example.org`");
        }
        if (!mail.password().isEmpty() && mail.passwordFile() != null) {
            problems.add(section.where("smtp_password_file")
                    + "there is a `smtp_password`, too. Maybe leave one of them out");
        }
        String publicUrl = section.optional("public_url");
        if (!publicUrl.isEmpty() && !publicUrl.matches("https?://[^/?#@]+(/[^?#]*)?")) {
            problems.add(section.where("public_url") + "`" + publicUrl
                    + "` is not where a server is reached. Maybe `https://regrade.example.org`");
        }
        return new NotificationsConfig(
                webhooks,
                mail,
                publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl,
                section.optionalPath("link_key_file"),
                section.integer("attempts", 12, 1, 100),
                section.integer("first_retry_seconds", 5, 1, 3600));
    }

    private static @Nullable Webhook webhook(ConfigSection row, List<String> problems) {
        int before = problems.size();
        String name = row.optional("name");
        String text = row.optional("url");
        String secret = row.optional("secret");
        var file = row.optionalPath("secret_file");
        boolean always = row.bool("always", false);
        row.reportUnknown();
        if (name.isEmpty()) {
            problems.add(row.place() + "it has no `name`. Maybe `name: operations`");
        }
        URI url = url(row, text, problems);
        if (secret.isEmpty() == (file == null)) {
            problems.add(row.place() + "either `secret` or `secret_file` is needed, to sign what is sent");
        } else if (!secret.isEmpty() && !isSecret(secret)) {
            problems.add(row.where("secret") + "`secret` is not `" + SECRET + "` with " + LEAST_SECRET + " to "
                    + MOST_SECRET + " bytes in Base64 after it. Maybe `" + SECRET
                    + "` and what `head -c 32 /dev/urandom | base64` prints");
        }
        return url == null || problems.size() > before ? null : new Webhook(name, url, secret, file, always);
    }

    private static @Nullable URI url(ConfigSection row, String text, List<String> problems) {
        try {
            URI url = URI.create(text);
            boolean web = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            if (web && "https".equals(url.getScheme())) {
                return url;
            }
            if (web && "http".equals(url.getScheme())) {
                if (THIS_MACHINE.contains(url.getHost())) {
                    return url;
                }
                problems.add(row.where("url") + "`" + text + "` would be sent in the clear. Maybe `https://"
                        + url.getAuthority() + "`");
                return null;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        problems.add(row.where("url") + "`" + text
                + "` is not where something can be sent. Maybe `https://hooks.example.org/regrade`");
        return null;
    }

    /** Whether this is the secret of a webhook. */
    private static boolean isSecret(String secret) {
        if (!secret.startsWith(SECRET)) {
            return false;
        }
        try {
            int bytes = Base64.getDecoder().decode(secret.substring(SECRET.length())).length;
            return bytes >= LEAST_SECRET && bytes <= MOST_SECRET;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
