package io.regrade.execute.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.regrade.execute.Check;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Orders;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting.What;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookExecutorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 202;
    private volatile String answer = "";
    private HttpServer receiver;
    private WebhookExecutor executor;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("webhook-id") + " "
                    + exchange.getRequestHeaders().getFirst("webhook-signature") + " " + body);
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        receiver.start();
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/orders");
        executor = new WebhookExecutor(
                url,
                (id, seconds, body) -> "v1," + id + "@" + seconds,
                Duration.ofSeconds(10),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void act_sendsASignedEvent_underAnIdThatStays() throws Exception {
        executor.act(Orders.errand());
        executor.act(Orders.errand());

        assertThat(requests).hasSize(2);
        assertThat(requests.get(0))
                .isEqualTo(requests.get(1))
                .startsWith("POST /orders k1.act v1,k1.act@" + NOW.getEpochSecond() + " ")
                .contains(
                        "\"specversion\":\"1.0\"",
                        "\"id\":\"k1.act\"",
                        "\"type\":\"io.regrade.execution.act\"",
                        "\"subject\":\"i-1\"",
                        "\"fence\":3",
                        "\"from\":\"m5.xlarge\"",
                        "\"to\":\"m5.large\"");
    }

    @Test
    void answers_areToldApart() throws Exception {
        status = 409;
        answer = "{\"detail\":\"a change is under way\"}";
        assertThatThrownBy(() -> executor.act(Orders.errand()))
                .isInstanceOf(RefusedByCloudException.class)
                .hasMessage("status 409, a change is under way");
        status = 503;
        assertThatThrownBy(() -> executor.confirm(Orders.errand()))
                .isInstanceOf(NoAnswerException.class)
                .hasMessage("the receiver failed with status 503");
        receiver.stop(0);
        assertThatThrownBy(() -> executor.revert(Orders.errand()))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageStartingWith("the receiver gave no answer");
    }

    @Test
    void look_asksForTheState() throws Exception {
        status = 200;
        answer = "{\"state\":\"under-way\",\"detail\":\"step 2 of 3\"}";
        assertThat(executor.look(Orders.errand()).what()).isEqualTo(What.UNDER_WAY);
        assertThat(executor.look(Orders.errand()).detail()).isEqualTo("step 2 of 3");
        assertThat(requests.get(0)).startsWith("GET /orders/k1 k1.look ");
        answer = "{\"state\":\"perhaps\"}";
        assertThatThrownBy(() -> executor.look(Orders.errand()))
                .hasMessage("the receiver tells a state that is none: `perhaps`. Maybe `under-way` or `done`");
        status = 404;
        assertThat(executor.look(Orders.errand()).what()).isEqualTo(What.AS_BEFORE);
    }

    @Test
    void check_asksTheReceiver() throws Exception {
        status = 200;
        answer = "{\"checks\":[{\"name\":\"freeze\",\"ok\":false,\"detail\":\"no changes in December\"}]}";
        assertThat(executor.check(Orders.order(Map.of())))
                .containsExactly(Check.fails("freeze", "no changes in December"));
        answer = "";
        assertThat(executor.check(Orders.order(Map.of())))
                .containsExactly(Check.holds("receiver", "the receiver would take it"));
    }
}
