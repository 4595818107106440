/**
 * The ledger in PostgreSQL: decisions, what they were made of and the log that proves them, written in one transaction.
 *
 * <p>One thread writes, whatever waits for it goes into one transaction; readers take connections of a pool.
 */
@NullMarked
package io.regrade.ledger.pg;

import org.jspecify.annotations.NullMarked;
