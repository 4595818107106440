package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.web.contract.Contract;
import io.regrade.web.contract.Operation;
import io.regrade.web.contract.Schema;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds an answer against the contract: its status, its media type, and every field of its body. */
final class ContractCheck {

    private static final Contract CONTRACT = Contract.loadClosed();
    private static final List<Integer> ANYWHERE = List.of(403, 404, 405, 414, 431);

    private ContractCheck() {}

    static void check(String method, String path, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String type =
                MediaTypes.essence(response.headers().firstValue("Content-Type").orElse(""));
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        if (status >= 400 && status != 503) {
            assertThat(type).isEqualTo("application/problem+json");
        }
        if (method.equals("HEAD")) {
            return;
        }
        Optional<Operation> operation = operation(method, path);
        Map<String, Schema> stated =
                operation.map(found -> found.answers().get(status)).orElse(null);
        if (stated == null) {
            assertThat(ANYWHERE)
                    .as("a status that `%s %s` does not state", method, path)
                    .contains(status);
            stated = problems();
        }
        if (stated.isEmpty()) {
            assertThat(response.body()).isEmpty();
            return;
        }
        assertThat(stated.keySet())
                .as("media types of %s %s: %s", method, path, status)
                .contains(type);
        if (type.equals("application/json") || type.endsWith("+json")) {
            assertThat(stated.get(type).check(Http.parse(new String(response.body(), UTF_8))))
                    .as("what the contract finds in the answer to %s %s: %s", method, path, status)
                    .isEmpty();
        }
    }

    private static Map<String, Schema> problems() {
        return operation("GET", "/health/live").orElseThrow().answers().get(500);
    }

    static Optional<Operation> operation(String method, String path) {
        String plain = path.replaceAll("\\?.*", "");
        return CONTRACT.operations().stream()
                .filter(one -> one.method().equals(method)
                        && plain.matches(
                                one.path().replaceAll("\\{\\w+\\+}", ".+").replaceAll("\\{\\w+}", "[^/]+")))
                .findFirst();
    }
}
