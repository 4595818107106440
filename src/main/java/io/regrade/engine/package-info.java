/** The phases of an evaluation: facts and a policy in, one explained decision out. Rules are behind a port. */
@NullMarked
package io.regrade.engine;

import org.jspecify.annotations.NullMarked;
