/** Sends what people are told of offers: as HTTP requests to webhooks, and as mail. */
@NullMarked
package io.regrade.offer.channel;

import org.jspecify.annotations.NullMarked;
