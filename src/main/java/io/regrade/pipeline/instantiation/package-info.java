/** Makes machines of what servers supply, and gives it back. */
@NullMarked
package io.regrade.pipeline.instantiation;

import org.jspecify.annotations.NullMarked;
