package io.regrade.web;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Refuses changes that another site's page has a browser ask for. Nobody signs in here, so that whoever's browser reaches the
 * server would otherwise act for every page it shows. Clients that are no browsers send neither header.
 */
final class CrossSite {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private CrossSite() {}

    /** Goes on with a request that is safe or comes from this server's own pages. */
    static void refuse(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!SAFE.contains(request.method().name()) && isForeign(request)) {
            throw new HttpProblem(
                    ProblemType.FORBIDDEN,
                    "the page of another site asked for this. Maybe open the console at this server's own address");
        }
        context.next();
    }

    private static boolean isForeign(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !OWN.contains(site);
        }
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        return origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
    }
}
