/** Which servers make a machine that no target offers. Knows neither rules nor stores. */
@NullMarked
package io.regrade.instantiate;

import org.jspecify.annotations.NullMarked;
