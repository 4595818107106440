package io.regrade.execute.nova;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.nova.OpenStackCalls.Reply;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens of the Identity API, version 3. Thread-safe; a token is kept until a service refuses it. */
final class Keystone {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final NovaSettings settings;
    private final OpenStackCalls calls;
    private @Nullable Token token;

    /**
     * A token and where it leads.
     *
     * @param id what is sent; never printed
     * @param compute the address of the compute service
     */
    record Token(String id, String compute) {

        @Override
        public String toString() {
            return "Token[compute=" + compute + "]";
        }
    }

    Keystone(NovaSettings settings, OpenStackCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    /** The token that is held, or a new one. */
    synchronized Token token() throws NoAnswerException {
        Token held = token;
        if (held == null) {
            held = fetched();
            token = held;
        }
        return held;
    }

    /** Forgets a token that was refused. */
    synchronized void forget(Token refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private Token fetched() throws NoAnswerException {
        ObjectNode body = MAPPER.createObjectNode();
        ObjectNode auth = body.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode user = identity.putObject("password").putObject("user");
        user.put("name", settings.user()).put("password", settings.password());
        user.putObject("domain").put("name", settings.domain());
        ObjectNode project = auth.putObject("scope").putObject("project");
        project.put("name", settings.project());
        project.putObject("domain").put("name", settings.domain());
        URI uri = URI.create(settings.auth() + "/auth/tokens");
        Reply reply = calls.send("POST", uri, body, Map.of());
        if (!reply.ok()) {
            throw new NoAnswerException("Keystone gives no token to `" + settings.user() + "`: " + reply.reason());
        }
        String id = reply.headers()
                .firstValue("X-Subject-Token")
                .orElseThrow(() -> new NoAnswerException("Keystone's answer has no token"));
        return new Token(id, compute(reply.body().at("/token/catalog")));
    }

    private String compute(JsonNode catalog) throws NoAnswerException {
        String region = settings.region();
        for (JsonNode service : catalog) {
            if (service.path("type").asText().equals("compute")) {
                for (JsonNode endpoint : service.path("endpoints")) {
                    if (endpoint.path("interface").asText().equals("public")
                            && (region == null
                                    || region.equals(endpoint.path("region").asText()))) {
                        return endpoint.path("url").asText();
                    }
                }
            }
        }
        throw new NoAnswerException("Keystone's catalogue has no public compute service"
                + (region == null ? "" : " in region `" + region + "`"));
    }
}
