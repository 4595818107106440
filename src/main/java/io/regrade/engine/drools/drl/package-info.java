/** Reads rule files with Drools' own parsers into plain data, and their syntax errors into words. */
@NullMarked
package io.regrade.engine.drools.drl;

import org.jspecify.annotations.NullMarked;
