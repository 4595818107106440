/** Plans of whole fleets: decides each machine, asks for its further choices, plans under what is shared, and tells the plan. */
@NullMarked
package io.regrade.pipeline.planning;

import org.jspecify.annotations.NullMarked;
