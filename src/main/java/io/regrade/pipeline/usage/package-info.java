/** Usage records as bills want them: in the columns of FOCUS. */
@NullMarked
package io.regrade.pipeline.usage;

import org.jspecify.annotations.NullMarked;
