/** What was promised of a move, and what came of it. */
@NullMarked
package io.regrade.pipeline.outcome;

import org.jspecify.annotations.NullMarked;
