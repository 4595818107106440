/** The only place that knows Drools: compiles rule files and runs one working memory for each machine. */
@NullMarked
package io.regrade.engine.drools;

import org.jspecify.annotations.NullMarked;
