package io.regrade.intake.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.FoundModule;
import io.regrade.intake.manifest.found.Note;
import io.regrade.intake.manifest.source.ManifestLimits;
import io.regrade.intake.manifest.source.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What each format says, with its place. */
class FormatsTest {

    private static Analysis analyze(String name, byte[] bytes) {
        return new Analyzer().analyze(Source.of(name, bytes, ManifestLimits.DEFAULT));
    }

    private static Analysis analyze(String text) {
        return analyze("f", text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code place subject fact}, a line each. */
    private static List<String> said(Analysis analysis) {
        List<String> said = new ArrayList<>();
        analysis.declares()
                .forEach(one -> said.add(
                        one.place() + " " + one.system() + " " + one.attribute().key() + "=" + one.value()));
        for (FoundModule module : analysis.modules()) {
            said.add(module.place() + " module " + module.name() + " " + module.version());
            module.requires()
                    .forEach(one -> said.add(one.place() + " " + module.name() + " needs "
                            + one.requirement().text()));
        }
        return said;
    }

    @Test
    void elf_tellsMachineLevelLibrariesAndSystem() {
        Analysis analysis = analyze("bin/train", Binaries.elf());

        assertThat(analysis.format().key()).isEqualTo("elf");
        assertThat(said(analysis))
                .containsExactly(
                        "bin/train@0x0 module train null",
                        "bin/train@0x12 train needs arch=x86_64",
                        "bin/train@0x200 train needs os=linux",
                        "bin/train@0x240 train needs isa=x86-64-v3",
                        "bin/train@0x280 train needs gpu>=1",
                        "bin/train@0x280 train needs library=cuda",
                        "bin/train@0x280 train needs library=glibc-2.34");
        assertThat(analysis.notes()).extracting(Note::text).containsExactly("loads libcuda.so.1, libc.so.6");
    }

    @Test
    void pe_tellsMachineSystemAndImports() {
        assertThat(said(analyze("app.exe", Binaries.pe())))
                .containsExactly(
                        "app.exe@0x80 module app.exe null",
                        "app.exe@0x84 app.exe needs arch=arm64|aarch64",
                        "app.exe@0xdc app.exe needs os=windows",
                        "app.exe@0x200 app.exe needs gpu>=1",
                        "app.exe@0x200 app.exe needs library=cuda");
    }

    @Test
    void rpm_tellsNameArchitectureAndCLibrary() {
        assertThat(said(analyze("p.rpm", Binaries.rpm())))
                .containsExactly(
                        "p.rpm@0x70 module shop 1.4-2",
                        "p.rpm@0xf1 shop needs arch=x86_64",
                        "p.rpm@0xf1 shop needs isa=x86-64-v3",
                        "p.rpm@0xeb shop needs os=linux",
                        "p.rpm@0xfb shop needs library=glibc-2.34");
    }

    @Test
    void deb_tellsItsControlFile() {
        byte[] deb = Binaries.deb("""
                Package: shop
                Version: 1.4-2
                Architecture: arm64
                Depends: libc6 (>= 2.34), libcuda1, zlib1g | zlib-ng
                """);

        assertThat(said(analyze("p.deb", deb)))
                .containsExactly(
                        "p.deb!./control:1 module shop 1.4-2",
                        "p.deb!./control:1 shop needs arch=arm64|aarch64",
                        "p.deb!./control:1 shop needs library=glibc-2.34",
                        "p.deb!./control:1 shop needs gpu>=1");
    }

    @Test
    void javaArchive_tellsReleaseNativesAndTheHeapOfItsScripts() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nImplementation-Title: shop\nImplementation-Version: 2.1\n"
                        .getBytes(StandardCharsets.UTF_8));
        entries.put("a/Old.class", Binaries.javaClass(8));
        entries.put("a/New.class", Binaries.javaClass(17));
        entries.put("META-INF/versions/21/a/Newer.class", Binaries.javaClass(21));
        entries.put("module-info.class", Binaries.javaClass(25));
        entries.put("native/libx.so", Binaries.elf());
        entries.put(
                "bin/shop",
                "#!/bin/sh\n# -Xmx64g\nexec java -Xmx${HEAP:-4g} -XX:MaxDirectMemorySize=1g\n"
                        .getBytes(StandardCharsets.UTF_8));
        entries.put("lib/dep-1.jar", Binaries.zip(Map.of("b/C.class", Binaries.javaClass(11))));

        assertThat(said(analyze("shop.jar", Binaries.zip(entries))))
                .containsExactly(
                        "shop.jar!bin/shop:3 module shop null",
                        "shop.jar!bin/shop:3 shop needs memory_gib>=5",
                        "shop.jar!lib/dep-1.jar@0x0 module dep-1.jar null",
                        "shop.jar!lib/dep-1.jar@0x0 dep-1.jar needs library=java-11",
                        "shop.jar@0x0 module shop 2.1",
                        "shop.jar@0x0 shop needs library=java-17",
                        "shop.jar@0x0 shop needs arch=x86_64");
    }

    @Test
    void systemd_tellsReservationsAndConditions_andNotesLimits() {
        Analysis analysis = analyze("""
                [Unit]
                ConditionArchitecture=x86-64
                ConditionMemory=>=8G
                ConditionSecurity=tpm2
                [Service]
                MemoryMin=512M
                MemoryMax=4G
                CPUQuota=200%
                ExecStart=/usr/bin/java \\
                  -Xmx3g -jar shop.jar
                """);

        assertThat(said(analysis))
                .containsExactly(
                        "f:1 module f null",
                        "f:2 f needs arch=x86_64",
                        "f:3 f needs memory_gib>=8",
                        "f:4 f needs feature=tpm",
                        "f:6 f needs memory_gib>=0.5",
                        "f:9 f needs memory_gib>=3");
        assertThat(analysis.notes())
                .extracting(one -> one.place() + " " + one.text())
                .containsExactly("f:7 is held to MemoryMax=4G", "f:8 is held to CPUQuota=200%");
    }

    @Test
    void kubernetes_addsUpWhatTheContainersOfAPodRequest() {
        assertThat(said(analyze("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop}
                spec:
                  template:
                    spec:
                      nodeSelector: {kubernetes.io/arch: amd64}
                      initContainers:
                      - {image: init, resources: {requests: {memory: 4Gi}}}
                      containers:
                      - image: registry.example:5000/team/shop:1.4
                        resources: {requests: {cpu: 1500m, memory: 1Gi}, limits: {nvidia.com/gpu: 1}}
                      - image: sidecar@sha256:00
                        resources: {limits: {cpu: "1", memory: 512Mi}}
                """)))
                .containsExactly(
                        "f:7 module shop null",
                        "f:12 shop needs vcpu>=2.5",
                        "f:9 shop needs memory_gib>=4",
                        "f:12 shop needs gpu>=1",
                        "f:7 shop needs arch=x86_64",
                        "f:11 module shop 1.4",
                        "f:13 module sidecar null");
    }

    @Test
    void kubeVirt_tellsMachinesAndWhatPreferencesRequire() {
        assertThat(said(analyze("""
                apiVersion: kubevirt.io/v1
                kind: VirtualMachine
                metadata: {name: web}
                spec:
                  template:
                    spec:
                      domain:
                        cpu: {cores: 2, sockets: 2}
                        memory: {guest: 8Gi}
                        firmware: {bootloader: {efi: {}}}
                        devices: {tpm: {}, gpus: [{name: a}]}
                ---
                apiVersion: instancetype.kubevirt.io/v1beta1
                kind: VirtualMachinePreference
                metadata: {name: rhel.9}
                spec: {requirements: {cpu: {guest: 1}, memory: {guest: 1536Mi}}}
                """)))
                .containsExactly(
                        "f:8 web vcpu=4",
                        "f:9 web memory_gib=8",
                        "f:11 web gpu=1",
                        "f:10 web feature=secure-boot",
                        "f:11 web feature=tpm",
                        "f:13 module rhel.9 null",
                        "f:16 rhel.9 needs vcpu>=1",
                        "f:16 rhel.9 needs memory_gib>=1.5");
    }

    @Test
    void cloudInit_tellsPackagesAndUnitsThatItWrites() {
        assertThat(said(analyze("""
                #cloud-config
                packages:
                - nginx
                - [redis, "7.2"]
                - apt: [postgresql=16]
                write_files:
                - path: /etc/systemd/system/shop.service
                  content: |
                    [Service]
                    MemoryMin=1G
                """)))
                .containsExactly(
                        "f:3 module nginx null",
                        "f:4 module redis 7.2",
                        "f:5 module postgresql 16",
                        "f!/etc/systemd/system/shop.service:1 module shop.service null",
                        "f!/etc/systemd/system/shop.service:2 shop.service needs memory_gib>=1");
    }

    @Test
    void ociImage_tellsPlatformAndVariables() {
        assertThat(said(analyze("""
                {"architecture":"amd64","variant":"v3","os":"linux",
                \t"config":{"Env":["JAVA_TOOL_OPTIONS=-Xmx2g","NVIDIA_REQUIRE_CUDA=cuda>=12"],
                 "Labels":{"org.opencontainers.image.title":"shop","org.opencontainers.image.version":"1.4"}}}
                """)))
                .containsExactly(
                        "f:1 module shop 1.4",
                        "f:1 shop needs arch=x86_64",
                        "f:1 shop needs isa=x86-64-v3",
                        "f:1 shop needs os=linux",
                        "f:2 shop needs memory_gib>=2",
                        "f:2 shop needs gpu>=1",
                        "f:2 shop needs library=cuda");
    }

    @Test
    void ovf_takesTheDefaultOption_andTheLaterItemOfOneInstance() {
        byte[] ovf = """
                <Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1">
                 <DiskSection><Disk diskId="d" capacity="20" capacityAllocationUnits="byte * 2^30"/></DiskSection>
                 <DeploymentOptionSection><Configuration id="s"/><Configuration id="l" default="true"/></DeploymentOptionSection>
                 <VirtualSystem id="shop">
                  <OperatingSystemSection id="80" version="9" osType="rhel9_64Guest"/>
                  <ProductSection><Product>Shop</Product><Version>1.4</Version></ProductSection>
                  <VirtualHardwareSection>
                   <Item><InstanceID>1</InstanceID><ResourceType>3</ResourceType><VirtualQuantity>2</VirtualQuantity></Item>
                   <Item configuration="l"><InstanceID>1</InstanceID><ResourceType>3</ResourceType><VirtualQuantity>8</VirtualQuantity></Item>
                   <Item><InstanceID>2</InstanceID><ResourceType>4</ResourceType><AllocationUnits>byte * 2^20</AllocationUnits><VirtualQuantity>4096</VirtualQuantity></Item>
                   <Item><InstanceID>3</InstanceID><ResourceType>17</ResourceType><HostResource>ovf:/disk/d</HostResource></Item>
                  </VirtualHardwareSection>
                 </VirtualSystem>
                </Envelope>
                """.getBytes(StandardCharsets.UTF_8);
        String[] expected = {
            "9 shop vcpu=8",
            "10 shop memory_gib=4",
            "11 shop storage_gib=20",
            "5 shop os=rhel-9",
            "5 shop arch=x86_64",
            "6 module Shop 1.4"
        };

        assertThat(said(analyze("f", ovf)).stream().map(one -> one.substring(2)))
                .containsExactly(expected);
        Map<String, byte[]> archive = new LinkedHashMap<>();
        archive.put("disk.vmdk", new byte[100_000]);
        archive.put("shop.ovf", ovf);
        assertThat(said(analyze("s.ova", Binaries.tar(archive))).stream()
                        .map(one -> one.replace("s.ova!shop.ovf:", "")))
                .containsExactly(expected);
    }

    @Test
    void gzip_isReadAsWhatIsInIt() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("#cloud-config\npackages: [nginx]\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(said(analyze("user-data.gz", packed.toByteArray())))
                .containsExactly("user-data.gz:2 module nginx null");
    }

    @Test
    void vmx_tellsSizeSystemAndFeatures() {
        assertThat(said(analyze("""
                .encoding = "windows-1252"
                displayName = "Shop"
                numvcpus = "4"
                memSize = "6144"
                guestOS = "windows2019srv-64"
                uefi.secureBoot.enabled = "TRUE"
                vhv.enable = "FALSE"
                """)))
                .containsExactly(
                        "f:3 Shop vcpu=4",
                        "f:4 Shop memory_gib=6",
                        "f:5 Shop os=windows-2019",
                        "f:5 Shop arch=x86_64",
                        "f:6 Shop feature=secure-boot");
    }
}
