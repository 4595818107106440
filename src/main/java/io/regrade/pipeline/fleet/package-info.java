/** The fleet as it is looked at: each machine with the last advice on it, filtered, sorted and added up, from memory. */
@NullMarked
package io.regrade.pipeline.fleet;

import org.jspecify.annotations.NullMarked;
