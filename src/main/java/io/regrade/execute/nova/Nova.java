package io.regrade.execute.nova;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.nova.Keystone.Token;
import io.regrade.execute.nova.OpenStackCalls.Reply;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of the Compute API, microversion 2.90, that is used here. Thread-safe. */
final class Nova {

    /** Since 2.47 a server tells its flavor itself, and since 2.51 what became of each action. */
    private static final String MICROVERSION = "2.90";

    private final OpenStackCalls calls;
    private final Keystone keystone;

    /**
     * A server.
     *
     * @param status such as {@code ACTIVE} or {@code VERIFY_RESIZE}
     * @param busy whether a task of Nova is under way on it
     * @param flavor the name of its flavor
     * @param fault what Nova says went wrong, the empty text for nothing
     */
    record Server(String status, boolean busy, String flavor, String fault) {}

    /**
     * A flavor.
     *
     * @param id its id
     * @param vcpu virtual processors
     * @param memoryMib memory, MiB
     */
    record Flavor(String id, int vcpu, int memoryMib) {}

    /**
     * Something that was done to a server.
     *
     * @param request the request's id
     * @param action such as {@code resize}
     * @param failed whether it came to nothing, which only this tells
     */
    record Action(String request, String action, boolean failed) {}

    /**
     * What of a quota is left.
     *
     * @param vcpu virtual processors, negative for no limit
     * @param memoryMib memory, MiB, negative for no limit
     */
    record Room(long vcpu, long memoryMib) {}

    Nova(OpenStackCalls calls, Keystone keystone) {
        this.calls = calls;
        this.keystone = keystone;
    }

    private Reply call(String method, String path, @Nullable JsonNode body) throws NoAnswerException {
        Token token = keystone.token();
        Reply reply = send(method, path, body, token);
        if (reply.status() == 401) {
            keystone.forget(token);
            reply = send(method, path, body, keystone.token());
        }
        return reply;
    }

    private Reply send(String method, String path, @Nullable JsonNode body, Token token) throws NoAnswerException {
        return calls.send(
                method,
                URI.create(token.compute() + path),
                body,
                Map.of("X-Auth-Token", token.id(), "OpenStack-API-Version", "compute " + MICROVERSION));
    }

    private JsonNode read(String path) throws NoAnswerException {
        Reply reply = call("GET", path, null);
        if (!reply.ok()) {
            throw new NoAnswerException("Nova does not tell `" + path + "`: " + reply.reason());
        }
        return reply.body();
    }

    private static String path(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A server; empty when Nova knows none. */
    Optional<Server> server(String id) throws NoAnswerException {
        Reply reply = call("GET", "/servers/" + path(id), null);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        if (!reply.ok()) {
            throw new NoAnswerException("Nova does not tell of the server: " + reply.reason());
        }
        JsonNode server = reply.body().path("server");
        return Optional.of(new Server(
                server.path("status").asText(),
                server.path("OS-EXT-STS:task_state").isTextual(),
                server.at("/flavor/original_name").asText(),
                server.at("/fault/message").asText("")));
    }

    /** A flavor by its name; empty when Nova knows none. */
    Optional<Flavor> flavor(String name) throws NoAnswerException {
        for (JsonNode flavor : read("/flavors/detail").path("flavors")) {
            if (flavor.path("name").asText().equals(name)) {
                return Optional.of(new Flavor(
                        flavor.path("id").asText(),
                        flavor.path("vcpus").asInt(),
                        flavor.path("ram").asInt()));
            }
        }
        return Optional.empty();
    }

    /** What was done to a server, newest first. */
    List<Action> actions(String id) throws NoAnswerException {
        List<Action> actions = new ArrayList<>();
        for (JsonNode one :
                read("/servers/" + path(id) + "/os-instance-actions").path("instanceActions")) {
            actions.add(new Action(
                    one.path("request_id").asText(),
                    one.path("action").asText(),
                    one.path("message").isTextual()
                            && !one.path("message").asText().isEmpty()));
        }
        return actions;
    }

    /** What of the project's quota is left. */
    Room room() throws NoAnswerException {
        JsonNode limits = read("/limits").at("/limits/absolute");
        return new Room(
                left(limits, "maxTotalCores", "totalCoresUsed"), left(limits, "maxTotalRAMSize", "totalRAMUsed"));
    }

    private static long left(JsonNode limits, String most, String used) {
        long limit = limits.path(most).asLong(-1);
        return limit < 0 ? -1 : Math.max(0, limit - limits.path(used).asLong());
    }

    /** Asks for something to be done to a server; the answer says whether Nova takes it on. */
    Reply act(String id, JsonNode action) throws NoAnswerException {
        return call("POST", "/servers/" + path(id) + "/action", action);
    }
}
