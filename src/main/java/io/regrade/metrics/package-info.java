/** What is measured while Regrade runs, and what each meter is called. */
@NullMarked
package io.regrade.metrics;

import org.jspecify.annotations.NullMarked;
