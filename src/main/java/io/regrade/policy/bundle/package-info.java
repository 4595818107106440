/** The files of one version of a policy, as a directory or an archive: their digest, their manifest and who signed it. */
@NullMarked
package io.regrade.policy.bundle;

import org.jspecify.annotations.NullMarked;
