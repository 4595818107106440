/** Changes of files that describe machines, as patches for people to review. */
@NullMarked
package io.regrade.execute.patch;

import org.jspecify.annotations.NullMarked;
