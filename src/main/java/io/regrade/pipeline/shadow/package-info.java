/** Versions that decide beside the live ones, without being answered, so that they can be compared. */
@NullMarked
package io.regrade.pipeline.shadow;

import org.jspecify.annotations.NullMarked;
