/** Descriptions of virtual machines: OVF, VMX, libvirt and KubeVirt, and the names they give to systems and units. */
@NullMarked
package io.regrade.intake.manifest.machine;

import org.jspecify.annotations.NullMarked;
