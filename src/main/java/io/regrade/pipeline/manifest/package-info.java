/** What manifests say joins what is known of machines: offline, in a fleet directory and over HTTP alike. */
@NullMarked
package io.regrade.pipeline.manifest;

import org.jspecify.annotations.NullMarked;
