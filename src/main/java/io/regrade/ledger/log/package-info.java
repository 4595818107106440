/**
 * The writing side of the audit log: its leaves, its tree, its key and its proofs. No SQL, and no files but the key's.
 *
 * <p>The tree is the one of RFC 6962, in the tiles of c2sp.org/tlog-tiles.
 */
@NullMarked
package io.regrade.ledger.log;

import org.jspecify.annotations.NullMarked;
