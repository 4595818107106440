package io.regrade.web.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.Recommendations;
import io.regrade.pipeline.EngineVersion;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.fleet.FleetOrder;
import io.regrade.pipeline.fleet.FleetView;
import io.regrade.pipeline.planning.PlanJobs;
import io.regrade.telemetry.Telemetry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The console's pages. They only read: what a person does on them goes to the API, as from any other client. Thread-safe.
 */
public final class Console {

    private static final int NONCE_BYTES = 16;

    private final Vertx vertx;
    private final Parts parts;
    private final Assets assets = new Assets();
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final SecureRandom random = new SecureRandom();

    /**
     * What the console shows.
     *
     * @param fleet the machines with the advice on them
     * @param inventory what is held
     * @param telemetry what monitors sent
     * @param decisions what was decided
     * @param recommendations the advice that is open
     * @param past makes stored decisions again
     * @param plans what plans the fleet
     * @param policies what decides
     * @param history what decided
     * @param drafts what may decide one day
     * @param log what proves it
     * @param settings the configuration by key, secrets hidden
     */
    public record Parts(
            FleetView fleet,
            Inventory inventory,
            Telemetry telemetry,
            Decisions decisions,
            Recommendations recommendations,
            PastEvaluations past,
            PlanJobs plans,
            Policies policies,
            PolicyHistory history,
            Drafts drafts,
            AuditLog log,
            Map<String, String> settings) {}

    /** A console to be mounted. */
    public Console(Vertx vertx, Parts parts) {
        this.vertx = vertx;
        this.parts = parts;
    }

    /** Adds the pages and what they are made of. */
    public void mount(Router router) {
        get(router, "/assets/:version/:file").handler(assets::serve);
        page(router, "/", Section.FLEET, asked -> new View("fleet", "Fleet", FleetPage.of(parts.fleet(), asked)));
        get(router, "/fleet.csv").handler(this::csv);
        DecisionPages decisions = new DecisionPages(parts);
        page(router, "/machines/:id", Section.FLEET, decisions::machine);
        page(router, "/decisions/:id", Section.FLEET, decisions::decision);
        page(router, "/decisions/:id/rules/:rule", Section.FLEET, decisions::rule);
        get(router, "/decisions/:id/otherwise").handler(context -> json(context, decisions::otherwise));
        AdvicePages advice = new AdvicePages(parts);
        page(router, "/recommendations", Section.RECOMMENDATIONS, advice::recommendations);
        page(router, "/plans", Section.PLANS, advice::plans);
        page(router, "/plans/:id", Section.PLANS, advice::plan);
        PolicyPages policies = new PolicyPages(parts);
        page(router, "/policies", Section.POLICIES, policies::policies);
        page(router, "/policies/:name", Section.POLICIES, policies::version);
        page(router, "/policies/:name/versions", Section.POLICIES, policies::history);
        page(router, "/policies/:name/versions/:digest", Section.POLICIES, policies::version);
        page(router, "/drafts/:id", Section.POLICIES, policies::draft);
        AuditPages audit = new AuditPages(parts);
        page(router, "/audit", Section.AUDIT, audit::audit);
        page(router, "/operations", Section.OPERATIONS, audit::operations);
    }

    private static Route get(Router router, String path) {
        return router.route(HttpMethod.GET, path).method(HttpMethod.HEAD);
    }

    private void page(Router router, String path, Section section, Function<Asked, View> page) {
        get(router, path).handler(context -> {
            Asked asked = new Asked(context.pathParams(), context.queryParams());
            vertx.executeBlocking(() -> html(section, page, asked), false)
                    .onComplete(written -> send(context, written), failure -> context.fail(failure));
        });
    }

    private record Written(int status, String html, String nonce) {}

    private Written html(Section section, Function<Asked, View> page, Asked asked) {
        try {
            return write(section, page.apply(asked));
        } catch (RuntimeException e) {
            Failure failure = Failure.of(e);
            return write(section, new View("problem", failure.title(), failure, failure.status()));
        }
    }

    private Written write(Section section, View view) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        Shell shell =
                new Shell(view.title(), section, nonce, assets.base(), assets.importMap(), EngineVersion.regrade());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("shell", shell);
        parameters.put("page", view.page());
        StringOutput html = new StringOutput();
        templates.render(view.template() + ".jte", parameters, html);
        return new Written(view.status(), html.toString(), nonce);
    }

    private static void send(RoutingContext context, Written written) {
        HttpServerResponse response = context.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(written.status())
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", policy(written.nonce()))
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .end(written.html());
    }

    /** No other host, nothing inline but what carries the nonce, and no frame around it. */
    private static String policy(String nonce) {
        return "default-src 'none'; script-src 'self' 'nonce-" + nonce + "'; style-src 'self' 'nonce-" + nonce
                + "'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'";
    }

    private void json(RoutingContext context, Function<Asked, ObjectNode> work) {
        Asked asked = new Asked(context.pathParams(), context.queryParams());
        vertx.executeBlocking(
                        () -> {
                            try {
                                return new Written(200, work.apply(asked).toString(), "");
                            } catch (RuntimeException e) {
                                Failure failure = Failure.of(e);
                                ObjectNode problem = JsonNodeFactory.instance.objectNode();
                                problem.put("title", failure.title()).put("detail", failure.detail());
                                return new Written(failure.status(), problem.toString(), "");
                            }
                        },
                        false)
                .onComplete(
                        written -> context.response()
                                .setStatusCode(written.status())
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Cache-Control", "no-store")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(written.html()),
                        context::fail);
    }

    private void csv(RoutingContext context) {
        Asked asked = new Asked(context.pathParams(), context.queryParams());
        vertx.executeBlocking(
                        () -> FleetCsv.of(parts.fleet()
                                .all(
                                        FleetPage.filter(asked),
                                        FleetOrder.of(asked.text("sort")).orElse(FleetOrder.SAVING),
                                        asked.text("dir").equals("up"))),
                        false)
                .onComplete(
                        text -> context.response()
                                .putHeader("Content-Type", "text/csv; charset=utf-8")
                                .putHeader("Content-Disposition", "attachment; filename=\"fleet.csv\"")
                                .putHeader("Cache-Control", "no-store")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(text),
                        context::fail);
    }
}
