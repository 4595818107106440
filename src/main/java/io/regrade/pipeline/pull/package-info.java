/** Asks monitors what they measured, where they do not send it by themselves. */
@NullMarked
package io.regrade.pipeline.pull;

import org.jspecify.annotations.NullMarked;
