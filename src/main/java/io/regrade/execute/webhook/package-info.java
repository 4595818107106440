/** Any system that takes CloudEvents and tells how far it is. */
@NullMarked
package io.regrade.execute.webhook;

import org.jspecify.annotations.NullMarked;
