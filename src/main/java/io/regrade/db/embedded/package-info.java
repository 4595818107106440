/** A real PostgreSQL of Regrade's own, for those who have configured none. */
@NullMarked
package io.regrade.db.embedded;

import org.jspecify.annotations.NullMarked;
