/** Makes offers of recommendations and plans, follows counters up, and sees that what is told arrives. */
@NullMarked
package io.regrade.pipeline.offering;

import org.jspecify.annotations.NullMarked;
