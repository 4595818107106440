/** What was decided about a virtual machine, why, and the canonical JSON form and digest of it. */
@NullMarked
package io.regrade.decision;

import org.jspecify.annotations.NullMarked;
