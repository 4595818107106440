/**
 * Lets the bytecode of a policy in only when all that it touches is on a list, and rewrites it so that it can be stopped.
 * Knows bytecode, and nothing of the engine that made it.
 */
@NullMarked
package io.regrade.policy.gate;

import org.jspecify.annotations.NullMarked;
