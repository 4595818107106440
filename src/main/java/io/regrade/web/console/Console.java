package io.regrade.web.console;

import static io.regrade.ledger.LedgerAnswer.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Decisions.Filter;
import io.regrade.ledger.Decisions.Query;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendations;
import io.regrade.pipeline.EngineVersion;
import io.regrade.pipeline.fleet.FleetOrder;
import io.regrade.pipeline.fleet.FleetView;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The console's pages. They only read: what a person does on them goes to the API, as from any other client. Thread-safe.
 */
public final class Console {

    private static final int DECISIONS = 30;
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
     * @param decisions what was decided
     * @param recommendations the advice that is open
     */
    public record Parts(FleetView fleet, Inventory inventory, Decisions decisions, Recommendations recommendations) {}

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
        page(router, "/machines/:id", Section.FLEET, this::machine);
        page(router, "/decisions/:id", Section.FLEET, this::decision);
        page(router, "/decisions/:id/rules/:rule", Section.FLEET, this::rule);
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

    private Written write(@Nullable Section section, View view) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        Shell shell =
                new Shell(view.title(), section, nonce, assets.base(), assets.importMap(), EngineVersion.current());
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

    private View machine(Asked asked) {
        String id = asked.path("id");
        VmFacts facts = parts.inventory()
                .snapshot()
                .vm(id)
                .orElseThrow(() -> new Failure.NotFound("no machine `" + id + "` is held"));
        Page<ObjectNode> decisions =
                await(parts.decisions().list(new Query(Filter.of(id, null), null, DECISIONS, Detail.SUMMARY)));
        List<Recommendation> open = await(parts.recommendations()
                        .list(new Recommendations.Query(id, null, null, null, null, null, null, 1)))
                .items();
        ObjectNode last = decisions.items().isEmpty()
                ? null
                : await(parts.decisions()
                                .byId(decisions.items().get(0).path("id").asText(), Detail.FULL))
                        .filter(one -> !one.has("erased"))
                        .orElse(null);
        return new View(
                "machine",
                id,
                new MachinePage(
                        facts, decisions.items(), decisions.next() != null, open.isEmpty() ? null : open.get(0), last));
    }

    private View decision(Asked asked) {
        String id = asked.path("id");
        ObjectNode decision = await(parts.decisions().byId(id, Detail.FULL)).orElseThrow(() -> unknown(id));
        return new View("decision", "Decision on " + decision.path("vm").asText(), new DecisionPage(decision));
    }

    private View rule(Asked asked) {
        String id = asked.path("id");
        try {
            Evidence evidence = await(parts.decisions().evidence(id)).orElseThrow(() -> unknown(id));
            return new View("rule", asked.path("rule"), RulePage.find(id, asked.path("rule"), evidence.policyFiles()));
        } catch (ErasedException e) {
            throw new Failure.NotFound("what this decision was made of was erased");
        }
    }

    private static Failure.NotFound unknown(String id) {
        return new Failure.NotFound(
                "there is no decision `" + id + "`. Maybe it was asked with `record=false`, or is too old");
    }
}
