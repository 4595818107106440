package io.regrade.web;

import io.regrade.web.contract.Contract;
import io.regrade.web.contract.Operation;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Routes made of the contract: each operation has exactly one endpoint, and there is no other way to change anything. */
final class ApiRouter {

    private final Vertx vertx;
    private final Contract contract;
    private final Map<String, Endpoint> endpoints;
    private final Workers workers;
    private final Idempotency idempotency;
    private final Sender sender;
    private final long bodyLimit;

    /**
     * A router to be made.
     *
     * @throws IllegalArgumentException when an operation has no endpoint, or an endpoint no operation
     */
    ApiRouter(
            Vertx vertx,
            Contract contract,
            Map<String, Endpoint> endpoints,
            Workers workers,
            Idempotency idempotency,
            Sender sender,
            long bodyLimit) {
        this.vertx = vertx;
        this.contract = contract;
        this.endpoints = Map.copyOf(endpoints);
        this.workers = workers;
        this.idempotency = idempotency;
        this.sender = sender;
        this.bodyLimit = bodyLimit;
        Set<String> operations = new TreeSet<>();
        contract.operations().forEach(operation -> operations.add(operation.id()));
        if (!operations.equals(new TreeSet<>(endpoints.keySet()))) {
            throw new IllegalArgumentException("the contract has the operations " + operations + ", the server "
                    + new TreeSet<>(endpoints.keySet()));
        }
    }

    /**
     * The router.
     *
     * @param pages adds what is no part of the contract: pages for people
     */
    Router router(Consumer<Router> pages) {
        Router router = Router.router(vertx);
        router.route().handler(sender::begin);
        router.route().handler(CrossSite::refuse);
        pages.accept(router);
        BodyHandler bodies = BodyHandler.create(false).setBodyLimit(bodyLimit);
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Operation operation : contract.operations()) {
            Endpoint endpoint = endpoints.get(operation.id());
            if (endpoint == null) {
                throw new IllegalStateException(operation.id());
            }
            Dispatcher dispatcher = new Dispatcher(operation, endpoint, workers, idempotency, sender, bodyLimit);
            Set<String> allowed = methods.computeIfAbsent(operation.path(), path -> new LinkedHashSet<>());
            allowed.add(operation.method());
            if (operation.method().equals("GET")) {
                allowed.add("HEAD");
            }
            route(router, operation).handler(context -> {
                Sender.name(context, operation.id());
                dispatcher.check(context);
            });
            if (operation.hasBody()) {
                route(router, operation).handler(bodies);
            }
            route(router, operation).handler(dispatcher::dispatch);
        }
        methods.forEach((path, allowed) -> router.route(path(path)).handler(context -> wrongMethod(context, allowed)));
        router.route().handler(context -> {
            throw new HttpProblem(
                    ProblemType.NOT_FOUND, "there is nothing at this path. Maybe `/docs` tells what there is");
        });
        router.route().failureHandler(this::failed);
        return router;
    }

    private static Route route(Router router, Operation operation) {
        Route route = router.route(HttpMethod.valueOf(operation.method()), path(operation.path()));
        return operation.method().equals("GET") ? route.method(HttpMethod.HEAD) : route;
    }

    private static void wrongMethod(RoutingContext context, Set<String> allowed) {
        String methods = String.join(", ", allowed);
        throw new HttpProblem(
                ProblemType.METHOD_NOT_ALLOWED,
                "`" + context.request().method() + "` does nothing here. Maybe `" + String.join("`, `", allowed) + "`",
                List.of(),
                Map.of("Allow", methods));
    }

    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        boolean tooLarge =
                context.statusCode() == 413 || (failure instanceof HttpException http && http.getStatusCode() == 413);
        if (tooLarge) {
            sender.fail(context, Bodies.tooLarge(bodyLimit));
        } else if (failure == null) {
            sender.fail(context, Problems.ofStatus(context.statusCode()));
        } else {
            sender.fail(context, failure);
        }
    }

    /** The path as the router writes it; {@code {name+}} at its end takes what is left, with its slashes. */
    private static String path(String template) {
        return template.replaceAll("\\{(\\w+)\\+}", "*").replaceAll("\\{(\\w+)}", ":$1");
    }
}
