/** The composition root: what is wired to what, and the program's start and end. */
@NullMarked
package io.regrade.app;

import org.jspecify.annotations.NullMarked;
