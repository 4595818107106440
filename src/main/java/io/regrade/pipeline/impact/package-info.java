/** What a change of policy does: the same machines decided by the active policy and by a draft, and what differs. */
@NullMarked
package io.regrade.pipeline.impact;

import org.jspecify.annotations.NullMarked;
