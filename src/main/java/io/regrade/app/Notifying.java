package io.regrade.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.config.ConfigException;
import io.regrade.config.NotificationsConfig;
import io.regrade.config.NotificationsConfig.Mail;
import io.regrade.config.NotificationsConfig.Webhook;
import io.regrade.offer.AnswerLinks;
import io.regrade.offer.Notification.Channel;
import io.regrade.offer.Outbox;
import io.regrade.offer.Sender;
import io.regrade.offer.channel.MailSender;
import io.regrade.offer.channel.WebhookSender;
import io.regrade.offer.channel.WebhookSignature;
import io.regrade.pipeline.offering.Backoff;
import io.regrade.pipeline.offering.Deliveries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tells people of offers, as it is configured. */
final class Notifying {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Notifying() {}

    /**
     * The deliveries, which are still to be started.
     *
     * @throws ConfigException when a secret cannot be read, or is none
     */
    static Deliveries deliveries(NotificationsConfig config, Outbox outbox, AnswerLinks links, Clock clock) {
        Map<Channel, Sender> senders = new EnumMap<>(Channel.class);
        Map<String, WebhookSender.Endpoint> endpoints = new HashMap<>();
        for (Webhook webhook : config.webhooks()) {
            endpoints.put(webhook.name(), endpoint(webhook));
        }
        String source = config.publicUrl() + "/v1/offers";
        senders.put(Channel.WEBHOOK, new WebhookSender(endpoints, source, PATIENCE, clock));
        if (config.mail().isConfigured()) {
            senders.put(Channel.MAIL, mail(config, links));
        }
        Backoff backoff =
                new Backoff(config.attempts(), Duration.ofSeconds(config.firstRetrySeconds()), new SecureRandom());
        return new Deliveries(outbox, senders, backoff, clock);
    }

    private static MailSender mail(NotificationsConfig config, AnswerLinks links) {
        Mail mail = config.mail();
        MailSender.Server server = new MailSender.Server(
                mail.host(),
                mail.port(),
                MailSender.Tls.valueOf(mail.tls().toUpperCase(Locale.ROOT)),
                mail.user(),
                secret(mail.password(), mail.passwordFile(), "smtp_password_file"),
                mail.from());
        return new MailSender(server, config.publicUrl().isEmpty() ? null : links);
    }

    private static WebhookSender.Endpoint endpoint(Webhook webhook) {
        String secret = secret(webhook.secret(), webhook.secretFile(), "secret_file");
        try {
            return new WebhookSender.Endpoint(webhook.url(), new WebhookSignature(secret));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    List.of("`secret_file` of the webhook `" + webhook.name() + "`: " + e.getMessage()));
        }
    }

    private static String secret(String given, @Nullable Path file, String key) {
        try {
            return file == null ? given : Files.readString(file, UTF_8).strip();
        } catch (IOException e) {
            throw new ConfigException(List.of("`" + key + "` of `notifications` cannot be read: " + file));
        }
    }
}
