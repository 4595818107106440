/** A policy bundle as business people write it: rule files, typed parameters, tables, tests; its digest and diagnostics. */
@NullMarked
package io.regrade.policy;

import org.jspecify.annotations.NullMarked;
