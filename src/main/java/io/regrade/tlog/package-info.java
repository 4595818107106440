/**
 * The formats of tiled transparency logs, read and written: signed notes, checkpoints, tile paths, entry bundles, proofs.
 *
 * <p>Formats only, and the JDK only: no tree is built and no proof is checked here, because the writer of a log and
 * its verifier share this package and must not share an error.
 */
@NullMarked
package io.regrade.tlog;

import org.jspecify.annotations.NullMarked;
