package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.regrade.db.TestPostgres;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.child.ChildJvm;
import io.regrade.pipeline.child.ChildLimits;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.TrustedKeys;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole task of each of the three who use the console, in a real browser. {@code -Dregrade.screenshots=docs/images} keeps
 * what they see.
 */
class ConsoleBrowserTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'`{{7*7}}</script>";
    private static final ChildJvm CHILDREN =
            new ChildJvm("io.regrade.app.Main", new ChildLimits(384, 120, ChildLimits.OUTPUT_BYTES));

    @TempDir
    private static Path directory;

    private static TestServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        ReadyPolicy disk = ReadyPolicy.of(PolicyReader.read(Path.of("rules/standard")), CompiledOnce.compiler());
        server = new TestServer(disk, TestPostgres.freshDatabase(), CHILDREN, TrustedKeys.ANY);
        SampleFleet.Options usual = SampleFleet.Options.demo(TestServer.NOW);
        SampleFleet.write(
                directory,
                new SampleFleet.Options(1, 24, usual.targets(), usual.days(), usual.sampleMinutes(), usual.end()));
        Fleet fleet = new FleetReader().read(directory);
        server.inventory
                .apply(new Change.ReplaceAll(fleet.vms(), fleet.targets(), fleet.pricing()), Expectation.NONE)
                .toCompletableFuture()
                .join();
        String vm = "{\"id\":\"hostile\",\"name\":" + quoted(HOSTILE) + ",\"cloud\":\"aurora\",\"owner\":"
                + quoted(HOSTILE) + ",\"vcpu\":2,\"memory_gib\":8}";
        assertThat(server.http.put("/v1/vms/hostile", vm).status()).isLessThan(300);
        browser = new Browser(server.server.address());
        try (Page page = browser.open("/")) {
            page.locator("#evaluate").click();
            PlaywrightAssertions.assertThat(page.locator(".toast")).containsText("machines were evaluated");
        }
    }

    private static String quoted(String text) {
        return Samples.JSON.textNode(text).toString();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
        CHILDREN.close();
    }

    private static void sees(Locator locator, String text) {
        PlaywrightAssertions.assertThat(locator).containsText(text);
    }

    @Test
    void aManager_findsTheLargestSaving_learnsWhy_andApproves() {
        try (Page page = browser.open("/")) {
            Browser.act(page, "mara");
            sees(page.locator(".totals"), "Possible saving");
            browser.look(page, "fleet");
            page.locator("#q").fill("oversized");
            PlaywrightAssertions.assertThat(page.locator("#fleet tbody tr")).hasCount(1);
            page.locator("#fleet tbody a").click();
            sees(page.locator(".sentence"), "Move oversized-1 to");
            browser.look(page, "machine");
            page.getByText("Why, step by step").click();
            PlaywrightAssertions.assertThat(page.locator("#graph"))
                    .hasAttribute("data-ready", Pattern.compile("[1-9].*"));
            Locator slider = page.locator("#sliders input").first();
            slider.focus();
            page.keyboard().press("End");
            PlaywrightAssertions.assertThat(
                            page.locator("#sliders .slider").first().locator("p"))
                    .hasText(Pattern.compile("Then: .*|The same advice as now\\."));
            browser.look(page, "decision");

            page.navigate("/recommendations");
            int open = page.locator("#recommendations tbody tr").count();
            Locator row = page.locator("#recommendations tr", new Page.LocatorOptions().setHasText("oversized-1"));
            row.locator("input").check();
            page.locator("[data-verb=dismiss]").click();
            page.locator("#say textarea").fill("not this quarter");
            page.locator("#say-go").click();
            page.locator(".toast button").click();
            PlaywrightAssertions.assertThat(row).isVisible();
            assertThat(state("oversized-1")).as("undone before it was sent").isEqualTo("open");
            browser.look(page, "recommendations");
            row.locator("input").check();
            page.locator("[data-verb=approve]").click();
            PlaywrightAssertions.assertThat(page.locator("#recommendations")).hasAttribute("data-said", "1");
            PlaywrightAssertions.assertThat(page.locator("#recommendations tbody tr"))
                    .hasCount(open - 1);
            JsonNode said = recommendation("oversized-1");
            assertThat(said.get("state").asText()).isEqualTo("approved");
            assertThat(said.get("by").asText()).isEqualTo("mara");
        }
        assertThat(browser.errors()).isEmpty();
    }

    private static String state(String vm) {
        return recommendation(vm).get("state").asText();
    }

    private static JsonNode recommendation(String vm) {
        return server.http.get("/v1/recommendations?vm=" + vm).json().at("/recommendations/0");
    }

    @Test
    void anAuthor_changesARule_seesWhatIsWrong_andMendsIt() {
        try (Page page = browser.open("/policies/standard?file=choose/choose.drl")) {
            PlaywrightAssertions.assertThat(page.locator("#workbench")).hasAttribute("data-shown", "choose/choose.drl");
            Browser.act(page, "ada");
            page.locator("#begin").click();
            page.waitForURL(Pattern.compile(".*/drafts/.*"));
            PlaywrightAssertions.assertThat(page.locator("#workbench")).hasAttribute("data-shown", "choose/choose.drl");
            page.locator(".cm-content").click();
            page.keyboard().press("Control+End");
            page.keyboard().insertText("\nrule \"Nothing\"\n  @id(\"nothing\")\nwhen\n  Vn(id == \"a\")\nthen\nend\n");
            PlaywrightAssertions.assertThat(page.locator(".cm-lintRange-error").first())
                    .isVisible();
            sees(page.locator("#told"), "error");
            browser.look(page, "policy");
            page.locator("#diff").click();
            sees(page.locator("#outcome .plus").first(), "+");
            sees(page.locator("#outcome"), "Vn(id");
            PlaywrightAssertions.assertThat(page.locator("[data-say=activate]")).isDisabled();
        }
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void anAuditor_verifiesTheLogAndADecision_andRepeatsIt() {
        try (Page page = browser.open("/audit?vm=memory-starved-1")) {
            page.locator("#verify-log").click();
            sees(page.locator("#log-proof"), "Verified in this browser");
            PlaywrightAssertions.assertThat(page.locator("#decisions tbody tr")).hasCount(1);
            PlaywrightAssertions.assertThat(page.locator("#leaves tbody tr").first())
                    .isVisible();
            browser.look(page, "audit");
            page.locator("#decisions tbody a").click();
            page.locator("#verify").click();
            sees(page.locator("#proof"), "Verified in this browser");
            page.locator("#replay").click();
            sees(page.locator("#proof"), "the same decision, byte for byte");
            page.navigate("/operations");
            sees(page.locator("#health"), "Ready");
            browser.look(page, "operations");
            page.navigate("/decisions/none");
            sees(page.locator("main"), "there is no decision `none`");
            browser.look(page, "missing");
        }
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void whatMachinesAreCalled_isTextEverywhere() {
        try (Page page = browser.open("/?q=hostile")) {
            sees(page.locator("#fleet tbody"), HOSTILE);
            page.navigate("/machines/hostile");
            sees(page.locator("main"), HOSTILE);
        }
        assertThat(browser.errors()).isEmpty();
    }

    @Test
    void otherSites_mayNotChangeAnything() {
        String body = "{}";
        assertThat(server.http
                        .send(
                                "POST",
                                "/v1/evaluations",
                                java.net.http.HttpRequest.BodyPublishers.ofString(body),
                                "Content-Type",
                                Http.JSON,
                                "Origin",
                                "http://elsewhere.example")
                        .status())
                .isEqualTo(403);
        assertThat(server.http
                        .post("/v1/evaluations", Http.JSON, body, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(server.http
                        .get("/health/ready", "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(200);
    }
}
