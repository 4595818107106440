/**
 * The HTTP side: routes over the OpenAPI contract, one place where failures become problem documents. It translates;
 * what a request means is said in {@code pipeline}.
 *
 * <p>A request goes from {@link io.regrade.web.ApiRouter} (is it in the contract?) through {@link
 * io.regrade.web.Dispatcher} (parameters, media types, body, idempotency) to an {@link io.regrade.web.Endpoint}, on a
 * worker whenever there is a body. The event loop only moves bytes.
 */
@NullMarked
package io.regrade.web;

import org.jspecify.annotations.NullMarked;
