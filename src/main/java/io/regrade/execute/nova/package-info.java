/** OpenStack: the calls to Keystone and Nova that resize a server. */
@NullMarked
package io.regrade.execute.nova;

import org.jspecify.annotations.NullMarked;
