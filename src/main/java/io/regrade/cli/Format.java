package io.regrade.cli;

/** How rows are printed. */
enum Format {
    table,
    json,
    csv,
    ndjson
}
