/** Rules on disk that change while the server runs. */
@NullMarked
package io.regrade.pipeline.reload;

import org.jspecify.annotations.NullMarked;
