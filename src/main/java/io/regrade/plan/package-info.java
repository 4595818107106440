/** Plans a whole fleet at once: which machine gets which of the targets its rules would choose, under what they share, in waves. */
@NullMarked
package io.regrade.plan;

import org.jspecify.annotations.NullMarked;
