package io.regrade.offer.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.offer.AnswerLinks;
import io.regrade.offer.AnswerLinks.Grant;
import io.regrade.offer.Notification;
import io.regrade.offer.Offer.Content;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Recipient;
import io.regrade.offer.Sender;
import io.regrade.offer.UndeliveredException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Sends notifications as plain-text mail over SMTP. Each has a {@code Message-ID} made of the notification's id, so that
 * mailboxes can tell repetitions. Thread-safe.
 */
public final class MailSender implements Sender {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PATIENCE_MILLIS = "20000";

    private final Server server;
    private final @Nullable AnswerLinks links;
    private final Session session;

    /** How the connection is protected. */
    public enum Tls {
        NONE,
        STARTTLS,
        TLS
    }

    /**
     * Where mail is handed over.
     *
     * @param user empty for nobody in particular
     * @param password never printed
     * @param from whom it is from
     */
    public record Server(String host, int port, Tls tls, String user, String password, String from) {

        @Override
        public String toString() {
            return "Server[host=" + host + ", port=" + port + ", tls=" + tls + ", from=" + from + "]";
        }
    }

    /** A sender; {@code links} are given to answer with, null for none. */
    public MailSender(Server server, @Nullable AnswerLinks links) {
        this.server = server;
        this.links = links;
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
        properties.setProperty("mail.smtp.timeout", PATIENCE_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", PATIENCE_MILLIS);
        properties.setProperty("mail.smtp.auth", String.valueOf(!server.user().isEmpty()));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(server.tls() == Tls.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // Required, not tried: whoever stands between could else have it sent in the clear.
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(server.tls() == Tls.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(server.tls() == Tls.STARTTLS));
        this.session = Session.getInstance(properties);
    }

    @Override
    public void send(Notification notification) throws UndeliveredException {
        try {
            MimeMessage message = message(notification);
            try (Transport transport = session.getTransport("smtp")) {
                if (server.user().isEmpty()) {
                    transport.connect();
                } else {
                    transport.connect(server.user(), server.password());
                }
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (AddressException e) {
            throw new UndeliveredException("its address is no address", true);
        } catch (AuthenticationFailedException e) {
            throw new UndeliveredException("the mail server does not let Regrade in", false);
        } catch (SendFailedException e) {
            throw new UndeliveredException("the mail server does not take it", false);
        } catch (MessagingException e) {
            throw new UndeliveredException("the mail server cannot be reached", false);
        }
    }

    private MimeMessage message(Notification notification) throws MessagingException, UndeliveredException {
        JsonNode offer = offer(notification);
        MimeMessage message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + notification.id() + "@" + domain() + ">");
            }
        };
        message.setFrom(new InternetAddress(server.from(), true));
        message.setRecipient(RecipientType.TO, new InternetAddress(notification.address(), true));
        message.setSentDate(Date.from(notification.at()));
        message.setHeader("Auto-Submitted", "auto-generated");
        OfferText text = new OfferText(offer, notification.type());
        message.setSubject(text.subject(), UTF_8.name());
        message.setText(text.body(link(notification, offer).orElse(null)), UTF_8.name());
        message.saveChanges();
        return message;
    }

    private String domain() {
        return server.from().substring(server.from().indexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    }

    private static JsonNode offer(Notification notification) throws UndeliveredException {
        String data = notification.data();
        if (data == null) {
            throw new UndeliveredException("what it was to tell was erased", true);
        }
        try {
            return MAPPER.readTree(data);
        } catch (JsonProcessingException e) {
            throw new UndeliveredException("what it was to tell is damaged", true);
        }
    }

    /** The link to answer with; empty when there is nothing to answer any more, or no link can be given. */
    private Optional<String> link(Notification notification, JsonNode offer) {
        AnswerLinks known = links;
        if (known == null || !offer.path("state").asText().equals("offered")) {
            return Optional.empty();
        }
        Content content = OfferJson.content(offer);
        return content.to().stream()
                .filter(one -> notification.address().equals(one.email()))
                .map(Recipient::name)
                .findFirst()
                .map(name -> known.link(new Grant(notification.offer(), name, content.validUntil())));
    }
}
