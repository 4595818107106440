package io.regrade.intake.manifest.found;

import java.util.Locale;

/** A form of manifest or binary that can be read. */
public enum Format {
    /** Open Virtualization Format, 0.9 to 2.x: an envelope in XML. */
    OVF,
    /** An OVF envelope with its files in a tar archive. */
    OVA,
    /** VMware's configuration of a machine. */
    VMX,
    /** libvirt's domains in XML. */
    LIBVIRT,
    /** KubeVirt's machines, instance types and preferences. */
    KUBEVIRT,
    /** Pods and what makes pods, in Kubernetes. */
    KUBERNETES,
    /** cloud-init's user data. */
    CLOUD_INIT,
    /** The configuration of a container image. */
    OCI_IMAGE,
    /** An archive of Java classes. */
    JAVA_ARCHIVE,
    /** One Java class. */
    JAVA_CLASS,
    /** A script that starts something. */
    START_SCRIPT,
    /** A program or library of Linux and most Unix systems. */
    ELF,
    /** A program or library of Windows. */
    PE,
    /** A Debian package. */
    DEB,
    /** The control file of a Debian package. */
    DEBIAN_CONTROL,
    /** An RPM package. */
    RPM,
    /** A unit of systemd. */
    SYSTEMD;

    /** The name in files and answers, such as {@code cloud-init}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
