/** What software says of itself: workloads of Kubernetes, images, archives, packages, units, user data, start scripts. */
@NullMarked
package io.regrade.intake.manifest.software;

import org.jspecify.annotations.NullMarked;
