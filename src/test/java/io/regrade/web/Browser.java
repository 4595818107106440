package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The machine's own Chromium, with what pages say that they must not; skips where there is none. */
final class Browser implements AutoCloseable {

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final String SCREENSHOTS = System.getProperty("regrade.screenshots", "");
    private static final String BEYOND_THE_EDGE = """
            () => document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('main *')]
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.wide, .source, pre, #graph, .scatter, .cm-editor'))
              .slice(0, 3).map((one) => one.outerHTML.slice(0, 200)).join(' | ') || 'something'
            """;
    private static final int WIDE = 1280;
    private static final int NARROW = 390;
    private static final int HANGS_MILLIS = 90_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final URI base;
    private final List<String> errors = new ArrayList<>();

    Browser(URI base) {
        Path chromium = first("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
        Path node = first("/usr/bin/node", "/usr/local/bin/node");
        assumeTrue(
                Files.exists(chromium) && Files.exists(node),
                "no Chromium or no Node.js here: the console is not tried in a browser."
                        + " Maybe `apt-get install chromium nodejs`");
        this.base = base;
        PlaywrightAssertions.setDefaultAssertionTimeout(HANGS_MILLIS);
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node.toString(), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
    }

    private static Path first(String... paths) {
        return Stream.of(paths).map(Path::of).filter(Files::exists).findFirst().orElse(Path.of(paths[0]));
    }

    /** A page of its own, at the width of a laptop. */
    Page open(String path) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(WIDE, 900)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setBaseURL(base.toString()));
        context.setDefaultTimeout(HANGS_MILLIS);
        Page page = context.newPage();
        page.onPageError(error -> errors.add(page.url() + ": " + error));
        page.onDialog(dialog -> {
            errors.add(page.url() + ": a dialog says " + dialog.message());
            dialog.dismiss();
        });
        page.navigate(path);
        return page;
    }

    /** Gives a name to act under, as a person would. */
    static void act(Page page, String name) {
        page.locator("#actor").click();
        page.locator("#actor-name").fill(name);
        page.locator("#actor-dialog button[value=save]").click();
    }

    /** Holds a page, light and dark, wide and narrow, against WCAG 2.2 AA, and against running over a phone's edge. */
    void look(Page page, String name) {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            accessible(page, name + ", " + scheme);
            shoot(page, name + (scheme == ColorScheme.DARK ? "-dark" : ""), WIDE);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(NARROW, 844);
        assertThat(page.evaluate(BEYOND_THE_EDGE))
                .as("what runs over a phone's edge on %s", name)
                .isEqualTo("");
        shoot(page, name + "-narrow", NARROW);
        page.setViewportSize(WIDE, 900);
    }

    @SuppressWarnings("unchecked")
    private static void accessible(Page page, String name) {
        page.evaluate(axe());
        List<String> found = (List<String>) page.evaluate("""
                () => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})
                  .then((result) => result.violations.map((one) => one.id + ': ' + one.nodes.slice(0, 3)
                    .map((node) => node.html + ' ' + node.failureSummary).join(' | ')))
                """);
        assertThat(found).as("what hinders people on %s", name).isEmpty();
    }

    private static String axe() {
        try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream(AXE), AXE)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void shoot(Page page, String name, int width) {
        if (!SCREENSHOTS.isEmpty()) {
            page.setViewportSize(width, width == WIDE ? 1100 : 844);
            page.evaluate("scrollTo(0, 0)");
            page.waitForTimeout(400);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(SCREENSHOTS, "console-" + name + ".png"))
                    .setFullPage(width == NARROW));
        }
    }

    /** What went wrong on any page so far. */
    List<String> errors() {
        return errors;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
