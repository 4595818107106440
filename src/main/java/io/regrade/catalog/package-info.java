/**
 * Targets that virtual machines can be moved to, and the index that answers which of them support a configuration.
 *
 * <p>Purpose: the best few targets by price, and for all others which constraint ruled them out, without looking at
 * each target. A {@link io.regrade.catalog.Catalog} never changes and is shared between threads; a
 * {@link io.regrade.catalog.Search} belongs to the thread that asked.
 */
@NullMarked
package io.regrade.catalog;

import org.jspecify.annotations.NullMarked;
