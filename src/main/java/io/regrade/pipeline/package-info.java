/** The use cases, in plain Java: decide a machine, evaluate a fleet, check a policy. */
@NullMarked
package io.regrade.pipeline;

import org.jspecify.annotations.NullMarked;
