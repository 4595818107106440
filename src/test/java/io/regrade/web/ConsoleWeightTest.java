package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How heavy the console's pages are and how soon they are painted; prints the table of docs/console.md. */
@Tag("bench")
class ConsoleWeightTest {

    private static final int VMS = Integer.getInteger("console.vms", 100_000);
    private static final int EVALUATION_MILLIS = Integer.getInteger("console.evaluation_seconds", 600) * 1000;
    private static final int TIMES = 5;
    private static final String MEASURE = """
            () => {
              const all = [performance.getEntriesByType('navigation')[0], ...performance.getEntriesByType('resource')];
              const paint = performance.getEntriesByName('first-contentful-paint')[0];
              return [all.reduce((sum, one) => sum + one.transferSize, 0), all.length, all[0].responseEnd, paint ? paint.startTime : -1];
            }
            """;

    @Test
    void pages_ofALargeFleet() throws Exception {
        try (TestServer server = new TestServer()) {
            StringBuilder targets = new StringBuilder();
            Samples.targets().forEach(target -> targets.append(target).append('\n'));
            assertThat(server.http
                            .post("/v1/targets", "application/x-ndjson", targets.toString())
                            .status())
                    .isLessThan(300);
            for (int from = 0; from < VMS; from += 1000) {
                StringBuilder vms = new StringBuilder();
                for (int i = from; i < Math.min(VMS, from + 1000); i++) {
                    ObjectNode vm = Samples.vm("vm-" + i, 0.3 + i % 97 * 0.08, 2 + i % 89 * 0.3);
                    vm.put("owner", "team-" + i % 40).put("group", "group-" + i % 300);
                    vms.append(vm).append('\n');
                }
                assertThat(server.http
                                .send(
                                        "POST",
                                        "/v1/vms",
                                        java.net.http.HttpRequest.BodyPublishers.ofString(vms.toString(), UTF_8),
                                        "Content-Type",
                                        "application/x-ndjson")
                                .status())
                        .isLessThan(300);
            }
            try (Browser browser = new Browser(server.server.address());
                    Page first = browser.open("/")) {
                first.locator("#evaluate").click();
                first.waitForTimeout(EVALUATION_MILLIS);
                if (first.locator("#cancel").isVisible()) {
                    first.locator("#cancel").click();
                }
                PlaywrightAssertions.assertThat(first.locator(".toast").first())
                        .containsText("evaluat", new LocatorAssertions.ContainsTextOptions().setTimeout(600_000));
                first.navigate("/?action=reclassify");
                String machine = first.locator("#fleet tbody a").first().getAttribute("href");
                first.navigate(machine);
                String decision = first.locator("a.primary").getAttribute("href");
                System.out.printf(
                        "%n%,d machines, %s%n",
                        VMS, server.http.get("/v1/evaluations?limit=1").text());
                for (String path :
                        List.of("/", "/?owner=team-1", machine, decision, "/recommendations", "/policies/standard")) {
                    measure(browser, path);
                }
                assertThat(browser.errors()).isEmpty();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static void measure(Browser browser, String path) {
        double[] answered = new double[TIMES];
        double[] painted = new double[TIMES];
        double bytes = 0;
        double requests = 0;
        for (int i = 0; i < TIMES; i++) {
            try (Page page = browser.open(path)) {
                page.waitForTimeout(1500);
                List<Number> measured = (List<Number>) page.evaluate(MEASURE);
                bytes = measured.get(0).doubleValue();
                requests = measured.get(1).doubleValue();
                answered[i] = measured.get(2).doubleValue();
                painted[i] = measured.get(3).doubleValue();
            }
        }
        java.util.Arrays.sort(answered);
        java.util.Arrays.sort(painted);
        System.out.printf(
                Locale.ROOT,
                "| `%s` | %.0f KB | %.0f | %.0f ms | %.0f ms |%n",
                path.startsWith("/decisions") ? "/decisions/ID" : path,
                bytes / 1000,
                requests,
                answered[TIMES / 2],
                painted[TIMES / 2]);
    }
}
