/**
 * The OpenAPI contract, read once and compiled: which operations there are, and what is wrong with a request.
 *
 * <p>Compiled because a request may carry 10,000 samples, and because all that is wrong is to be told at once, in the
 * words that the rest of Regrade uses. A keyword that this package does not know stops the server from starting, so that
 * nothing the contract says is silently left unchecked; tests hold the compiled schemas against another implementation.
 */
@NullMarked
package io.regrade.web.contract;

import org.jspecify.annotations.NullMarked;
