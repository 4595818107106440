/** Runs Regrade's own commands in a process of their own, with limits of memory, time and output. */
@NullMarked
package io.regrade.pipeline.child;

import org.jspecify.annotations.NullMarked;
