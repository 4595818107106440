/**
 * Verifies an audit log, a receipt, or a decision against its receipt, trusting nobody but a public key.
 *
 * <p>Shares with the writer only the formats of {@code tlog} and SHA-256: its own tree, its own proofs, its own
 * canonical JSON, so that an error of the writer is not repeated here.
 */
@NullMarked
package io.regrade.audit;

import org.jspecify.annotations.NullMarked;
