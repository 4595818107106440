/** The command line: reads arguments, calls use cases, prints. */
@NullMarked
package io.regrade.cli;

import org.jspecify.annotations.NullMarked;
