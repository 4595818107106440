package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private final AtomicInteger done = new AtomicInteger();
    private Instant now = Instant.parse("2025-03-01T00:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private Answer once(Idempotency idempotency, String key, int size) {
        return idempotency
                .once(key, "f", () -> {
                    done.incrementAndGet();
                    return CompletableFuture.completedFuture(Answer.bytes("text/plain", new byte[size]));
                })
                .toCompletableFuture()
                .join();
    }

    @Test
    void answers_areForgottenAfterADay() {
        Idempotency idempotency = new Idempotency(clock);
        once(idempotency, "k", 1);
        now = now.plus(Duration.ofHours(24));
        assertThat(once(idempotency, "k", 1).headers()).containsEntry("Idempotency-Replayed", "true");
        now = now.plusSeconds(1);
        assertThat(once(idempotency, "k", 1).headers()).isEmpty();
        assertThat(done).hasValue(2);
    }

    @Test
    void oldestAnswers_makePlaceForNewerOnes() {
        Idempotency byNumber = new Idempotency(clock, 2, 1000);
        once(byNumber, "a", 1);
        once(byNumber, "b", 1);
        once(byNumber, "c", 1);
        assertThat(once(byNumber, "c", 1).headers()).isNotEmpty();
        assertThat(once(byNumber, "b", 1).headers()).isNotEmpty();
        assertThat(once(byNumber, "a", 1).headers()).isEmpty();

        Idempotency bySize = new Idempotency(clock, 100, 1000);
        once(bySize, "a", 600);
        once(bySize, "b", 600);
        assertThat(once(bySize, "b", 600).headers()).isNotEmpty();
        assertThat(once(bySize, "a", 600).headers()).isEmpty();
    }
}
