package io.regrade.web.console;

/**
 * A page to be written.
 *
 * @param template the template's name, without its ending
 * @param title the page's title
 * @param page what it shows
 * @param status the status of HTTP
 */
record View(String template, String title, Object page, int status) {

    View(String template, String title, Object page) {
        this(template, title, page, 200);
    }
}
