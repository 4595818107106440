/** Compiled programs by their headers: for which processor and system they were built, and what they load. */
@NullMarked
package io.regrade.intake.manifest.binary;

import org.jspecify.annotations.NullMarked;
