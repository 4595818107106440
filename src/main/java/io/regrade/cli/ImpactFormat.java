package io.regrade.cli;

/** How the impact of a policy is printed. */
enum ImpactFormat {
    /** A report to read on a terminal. */
    table,
    /** The same as Markdown, for a review. */
    markdown,
    /** The whole impact as one JSON object. */
    json,
    /** A row for each machine whose advice changes. */
    csv,
    /** Progress, a line at a time, and the impact as the last line. */
    ndjson
}
