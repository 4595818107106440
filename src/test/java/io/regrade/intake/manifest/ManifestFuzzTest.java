package io.regrade.intake.manifest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Fuzzes each reader; run by {@code config/fuzz/run}, with real files as seeds. */
@Tag("fuzz")
class ManifestFuzzTest {

    @FuzzTest(maxDuration = "3m")
    void any(byte[] data) {
        FuzzTargets.run("any", data);
    }

    @FuzzTest(maxDuration = "3m")
    void ovf(byte[] data) {
        FuzzTargets.run("ovf", data);
    }

    @FuzzTest(maxDuration = "3m")
    void ova(byte[] data) {
        FuzzTargets.run("ova", data);
    }

    @FuzzTest(maxDuration = "3m")
    void vmx(byte[] data) {
        FuzzTargets.run("vmx", data);
    }

    @FuzzTest(maxDuration = "3m")
    void libvirt(byte[] data) {
        FuzzTargets.run("libvirt", data);
    }

    @FuzzTest(maxDuration = "3m")
    void kubevirt(byte[] data) {
        FuzzTargets.run("kubevirt", data);
    }

    @FuzzTest(maxDuration = "3m")
    void kubernetes(byte[] data) {
        FuzzTargets.run("kubernetes", data);
    }

    @FuzzTest(maxDuration = "3m")
    void cloudInit(byte[] data) {
        FuzzTargets.run("cloudInit", data);
    }

    @FuzzTest(maxDuration = "3m")
    void ociImage(byte[] data) {
        FuzzTargets.run("ociImage", data);
    }

    @FuzzTest(maxDuration = "3m")
    void javaArchive(byte[] data) {
        FuzzTargets.run("javaArchive", data);
    }

    @FuzzTest(maxDuration = "3m")
    void javaClass(byte[] data) {
        FuzzTargets.run("javaClass", data);
    }

    @FuzzTest(maxDuration = "3m")
    void elf(byte[] data) {
        FuzzTargets.run("elf", data);
    }

    @FuzzTest(maxDuration = "3m")
    void pe(byte[] data) {
        FuzzTargets.run("pe", data);
    }

    @FuzzTest(maxDuration = "3m")
    void rpm(byte[] data) {
        FuzzTargets.run("rpm", data);
    }

    @FuzzTest(maxDuration = "3m")
    void deb(byte[] data) {
        FuzzTargets.run("deb", data);
    }

    @FuzzTest(maxDuration = "3m")
    void debianControl(byte[] data) {
        FuzzTargets.run("debianControl", data);
    }

    @FuzzTest(maxDuration = "3m")
    void systemd(byte[] data) {
        FuzzTargets.run("systemd", data);
    }

    @FuzzTest(maxDuration = "3m")
    void startScript(byte[] data) {
        FuzzTargets.run("startScript", data);
    }
}
