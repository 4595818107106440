/** Carries out what was approved, and nothing else. */
@NullMarked
package io.regrade.pipeline.execution;

import org.jspecify.annotations.NullMarked;
