/** The console: pages made on the server over the use cases of the pipeline, in the words of the API. */
@NullMarked
package io.regrade.web.console;

import org.jspecify.annotations.NullMarked;
