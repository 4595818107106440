package io.regrade.offer.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.offer.Notification;
import io.regrade.offer.Notification.Channel;
import io.regrade.offer.UndeliveredException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookSenderTest {

    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static Receiver receiver;

    @BeforeAll
    static void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    private static WebhookSender sender(URI url, Duration patience) {
        return new WebhookSender(
                Map.of(
                        "ops",
                        new WebhookSender.Endpoint(
                                url, new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))),
                "/v1/offers",
                patience,
                Clock.fixed(AT, ZoneOffset.UTC));
    }

    private static Notification notification(String address, String offer) {
        return new Notification(
                "a".repeat(32),
                Channel.WEBHOOK,
                address,
                "io.regrade.offer.offered",
                offer,
                AT,
                "{\"id\":\"" + offer + "\"}",
                Notification.State.WAITING,
                1,
                AT,
                null);
    }

    /** The example in the specification of Standard Webhooks, section on signatures. */
    @Test
    void signature_isTheOneOfTheSpecification() {
        assertThat(new WebhookSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .of("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whatIsSentAgain_hasTheSameIdAndBody() throws Exception {
        receiver.answers(one -> 200);
        sender(receiver.address(), Duration.ofSeconds(20)).send(notification("ops", "twice"));
        sender(receiver.address(), Duration.ofSeconds(20)).send(notification("ops", "twice"));

        var both = receiver.await("twice", 2);
        assertThat(both.get(0).body()).isEqualTo(both.get(1).body());
        assertThat(both).allMatch(one -> one.header("webhook-id").equals("a".repeat(32)));
    }

    @Test
    void whatIsAnsweredOtherwise_isUndelivered() {
        WebhookSender sender = sender(receiver.address(), Duration.ofSeconds(20));
        for (int status : new int[] {500, 404, 302}) {
            receiver.answers(one -> status);
            assertThatThrownBy(() -> sender.send(notification("ops", "status-" + status)))
                    .isInstanceOfSatisfying(
                            UndeliveredException.class,
                            e -> assertThat(e.isHopeless()).isFalse())
                    .hasMessage("it answered with status " + status);
            assertThat(receiver.await("status-" + status, 1))
                    .as("no redirect is followed")
                    .hasSize(1);
        }
        receiver.answers(one -> 410);
        assertThatThrownBy(() -> sender.send(notification("ops", "gone")))
                .isInstanceOfSatisfying(
                        UndeliveredException.class,
                        e -> assertThat(e.isHopeless()).isTrue());
    }

    @Test
    void whoIsSlowOrDown_isToldSo_andWhoIsNotConfiguredIsNeverCalled() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        receiver.answers(one -> {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 204;
        });
        assertThatThrownBy(
                        () -> sender(receiver.address(), Duration.ofMillis(300)).send(notification("ops", "slow")))
                .isInstanceOf(UndeliveredException.class)
                .hasMessage("it did not answer in time");
        slow.countDown();
        receiver.answers(one -> 204);

        Receiver down = new Receiver();
        down.close();
        assertThatThrownBy(() -> sender(down.address(), Duration.ofSeconds(20)).send(notification("ops", "down")))
                .isInstanceOf(UndeliveredException.class)
                .hasMessage("it cannot be reached");
        assertThatThrownBy(() -> sender(receiver.address(), Duration.ofSeconds(20))
                        .send(notification("http://169.254.169.254/", "elsewhere")))
                .isInstanceOf(UndeliveredException.class)
                .hasMessageContaining("no webhook `http://169.254.169.254/` is configured here");
    }
}
