/** The configuration as typed records; whatever is wrong with it is reported at once, with file and line. */
@NullMarked
package io.regrade.config;

import org.jspecify.annotations.NullMarked;
