/** The database: a pool, migrations, and whether it answers. SQL of a purpose belongs to the adapter of that purpose. */
@NullMarked
package io.regrade.db;

import org.jspecify.annotations.NullMarked;
