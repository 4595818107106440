package io.regrade.fact;

import static io.regrade.fact.Facts.capacity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.regrade.fact.Requirement.Met;
import io.regrade.fact.Requirement.Operator;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RequirementTest {

    private static final Vm VM = Facts.vm("vm", capacity(4, 16, 2.5), "rhel-9.4", 0.2, "selinux", "x86-64-v3");
    private static final Target TARGET =
            Facts.target("m5.xlarge", capacity(4, 16, Double.NaN), "linux", 0.2, "selinux", "x86-64-v3");

    @ParameterizedTest
    @CsvSource({
        "vcpu>=4, VCPU, GE, 4, 4",
        "memory_gib >= 12.5, MEMORY_GIB, GE, 12.5, 12.5",
        "storage_gib<=100, STORAGE_GIB, LE, 100, 100",
        "disk_mbps=5, DISK_MBPS, EQ, 5, 5",
        "disk_iops!=0, DISK_IOPS, NE, 0, 0",
        "network_gbps>=1e1, NETWORK_GBPS, GE, 1e1, 10",
        "gpu>=1, GPU, GE, 1, 1",
    })
    void parse_readsAmounts(String text, Attribute attribute, Operator operator, String value, double amount) {
        assertThat(Requirement.parse(text, "me")).isEqualTo(new Requirement(attribute, operator, value, amount, "me"));
    }

    @ParameterizedTest
    @CsvSource({
        "arch=x86_64, ARCH, EQ, x86_64",
        "os>=rhel-9, OS, GE, rhel-9",
        "os!=windows, OS, NE, windows",
        "os=rhel-9|rocky-9, OS, EQ, rhel-9|rocky-9",
        "feature=selinux, FEATURE, EQ, selinux",
        "isa=x86-64-v3, ISA, EQ, x86-64-v3",
        "library=openssl-3, LIBRARY, EQ, openssl-3",
        "library=a>=b, LIBRARY, EQ, a>=b",
        "burstable=false, BURSTABLE, EQ, false",
        "cloud=aws|gcp, CLOUD, EQ, aws|gcp",
        "region=us-east-1, REGION, EQ, us-east-1",
        "family!=t3, FAMILY, NE, t3",
    })
    void parse_readsQualities(String text, Attribute attribute, Operator operator, String value) {
        Requirement read = Requirement.parse(text, "me");
        assertThat(read.attribute()).isEqualTo(attribute);
        assertThat(read.operator()).isEqualTo(operator);
        assertThat(read.value()).isEqualTo(value);
        assertThat(read.amount()).isNaN();
        assertThat(read.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Attribute.class)
    void parse_knowsEveryAttributeWithEveryOperator(Attribute attribute) {
        String value = attribute.resource() == null ? "some-1" : "1";
        for (Operator operator : Operator.values()) {
            String text = attribute.key() + operator.sign() + value;
            assertThat(Requirement.parse(text, "me").text()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu>=4 | `cpu` is not a known requirement. Maybe `vcpu`",
                "VCPU>=4 | `VCPU` is not a known requirement. Maybe `vcpu`",
                "memory>=4 | `memory` is not a known requirement. Maybe one of",
                "vcpu | `vcpu` is not a requirement. Maybe `vcpu>=4` or `feature=selinux`",
                ">=4 | `>` is not a known requirement. Maybe one of `vcpu`, `memory_gib`",
                "vcpu > 4 | `vcpu > 4` is not a requirement. Maybe",
                "vcpu>= | `vcpu>=` has no value",
                "vcpu>=four | `four` is not an amount of `vcpu`",
                "vcpu>=-1 | `-1` is not an amount of `vcpu`",
                "vcpu>=NaN | `NaN` is not an amount of `vcpu`",
                "vcpu>=Infinity | `Infinity` is not an amount of `vcpu`",
                "vcpu>=1e999 | `1e999` is not an amount of `vcpu`",
                "os=-9 | `-9` is not an operating system. Maybe `family-version`",
            })
    void parse_saysWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requirement.parse(text, "me"))
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "vcpu>=4, YES",
        "vcpu>=4.0001, NO",
        "vcpu<=4, YES",
        "vcpu<=3.9, NO",
        "vcpu=4, YES",
        "vcpu!=4, NO",
        "memory_gib>=16, YES",
        "network_gbps>=10, NO",
        "storage_gib>=1, UNKNOWN",
        "storage_gib!=1, UNKNOWN",
        "disk_mbps>=0, UNKNOWN",
        "disk_iops>=0, UNKNOWN",
        "gpu>=1, UNKNOWN",
        "arch=x86_64, YES",
        "arch=X86_64, YES",
        "arch=arm64|x86_64, YES",
        "arch=arm64, NO",
        "arch!=arm64, YES",
        "arch!=x86_64, NO",
        "os=rhel-9.4, YES",
        "os=rhel-9, YES",
        "os=rhel, YES",
        "os=linux, YES",
        "os=rhel-8|rhel-9, YES",
        "os=rocky-9|windows-2022, NO",
        "os=rhel-9.5, NO",
        "os=windows, NO",
        "os!=windows, YES",
        "os!=windows|rhel, NO",
        "os!=rhel-9.4, NO",
        "os!=rhel-8, YES",
        "os>=rhel-9, YES",
        "os>=rhel-9.4, YES",
        "os>=rhel-10, NO",
        "os>=rocky-8, NO",
        "os<=rhel-9, YES",
        "os<=rhel-8, NO",
        "os<=rhel-10, YES",
        "feature=selinux, YES",
        "feature=SELinux, YES",
        "feature=tpm|selinux, YES",
        "feature=tpm, NO",
        "feature!=tpm, YES",
        "feature!=selinux, NO",
        "isa=x86-64-v3, YES",
        "isa=x86-64-v4, NO",
        "isa=x86-64-v2, YES",
        "isa=avx512f, NO",
        "cloud=aws, YES",
        "cloud=gcp | aws, YES",
        "cloud=gcp, NO",
        "cloud!=gcp, YES",
        "region=us-east-1, YES",
        "region=eu-west-1, NO",
        "family=m5, YES",
        "family=m5.xlarge, NO",
        "family!=t3, YES",
        "library=openssl-3, UNKNOWN",
        "burstable=false, UNKNOWN",
    })
    void metBy_aMachineThatRuns(String requirement, Met met) {
        assertThat(Requirement.parse(requirement, "me").metBy(VM)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({
        "os=rhel-9.4, YES",
        "os>=rhel-9, YES",
        "os<=rhel-9, YES",
        "os!=rhel-9, YES",
        "os=linux, YES",
        "os=windows-2022, NO",
        "os!=windows, YES",
        "os!=linux, NO",
        "burstable=false, YES",
        "burstable=true, NO",
        "burstable!=true, YES",
        "network_gbps>=1, UNKNOWN",
        "library=openssl-3, UNKNOWN",
    })
    void metBy_aTargetThatTakesAnyLinux(String requirement, Met met) {
        assertThat(Requirement.parse(requirement, "me").metBy(TARGET)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"linux, UNKNOWN", "rhel, UNKNOWN", "windows, NO", "rocky-9, NO", "rhel-9, YES"})
    void metBy_aRunningMachineOfWhichLessIsKnownThanAsked_isUnknown(String os, Met met) {
        Vm vm = Facts.vm("vm", Capacity.UNKNOWN, os, 1);
        assertThat(Requirement.parse("os>=rhel-8", "me").metBy(vm)).isEqualTo(met);
    }

    @ParameterizedTest
    @EnumSource(
            value = Attribute.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FEATURE", "ISA"})
    void metBy_aMachineOfWhichNothingIsKnown_isUnknownWhateverIsAsked(Attribute attribute) {
        for (Operator operator : Operator.values()) {
            String value = attribute.resource() == null ? "linux" : "0";
            assertThat(Requirement.parse(attribute.key() + operator.sign() + value, "me")
                            .metBy(Facts.unknownVm("vm")))
                    .as("%s%s", attribute, operator.sign())
                    .isEqualTo(Met.UNKNOWN);
        }
    }

    @Test
    void metBy_aTargetWhoseBurstingIsUnknown_isUnknown() {
        Target target = new Target(
                "t",
                Target.Kind.CLASS,
                null,
                null,
                null,
                null,
                Capacity.UNKNOWN,
                null,
                null,
                Set.of(),
                Double.NaN,
                null,
                Map.of());
        assertThat(Requirement.parse("burstable=false", "me").metBy(target)).isEqualTo(Met.UNKNOWN);
    }

    @Test
    void makers_calculateAndTellHow() {
        assertThat(Requirement.withHeadroom(Resource.MEMORY, 10, 0.25, "the highest use seen"))
                .isEqualTo(new Requirement(
                        Attribute.MEMORY_GIB,
                        Operator.GE,
                        "12.5",
                        12.5,
                        "the highest use seen (10 GiB) and 25 % to spare"));
        assertThat(Requirement.atUtilisation(Resource.CPU, 2, 0.8, "the 99.5th percentile"))
                .isEqualTo(new Requirement(
                        Attribute.VCPU,
                        Operator.GE,
                        "2.5",
                        2.5,
                        "the 99.5th percentile (2 vCPU) filling at most 80 %"));
        Usage growing = new Usage(
                Resource.MEMORY,
                Facts.NOW.minusSeconds(86_400),
                Facts.NOW,
                10,
                1,
                5,
                5,
                5,
                5,
                6,
                6,
                6,
                0.5,
                new Distribution(new double[] {5, 6}, new double[] {9, 1}));
        assertThat(Requirement.afterGrowth(growing, 30, "the highest use seen"))
                .isEqualTo(new Requirement(
                        Attribute.MEMORY_GIB,
                        Operator.GE,
                        "21",
                        21,
                        "the highest use seen (6 GiB) growing by 0.5 a day for 30 days"));
    }

    @Test
    void text_ofAnAmountIsRoundedForReadersOnly() {
        Requirement requirement = Requirement.atLeast(Resource.MEMORY, 12.345678, "me");
        assertThat(requirement.text()).isEqualTo("memory_gib>=12.35");
        assertThat(requirement.amount()).isEqualTo(12.345678);
    }

    @Test
    void aLevelOfInstructions_isUnknownOfAMachineThatStatesNone_andNoneOnOtherArchitectures() {
        Vm silent = Facts.vm("vm", capacity(4, 16, 2.5), "rhel-9.4", 0.2);

        assertThat(silent.arch()).isEqualTo("x86_64");
        assertThat(Requirement.parse("isa=x86-64-v3", "me").metBy(silent)).isEqualTo(Met.UNKNOWN);
        assertThat(Requirement.parse("isa=x86-64-v1", "me").metBy(silent)).isEqualTo(Met.YES);
        Vm arm = new Vm(
                "a",
                "a",
                null,
                null,
                null,
                "arm64",
                silent.capacity(),
                null,
                Set.of(),
                Double.NaN,
                null,
                null,
                Map.of());
        assertThat(Requirement.parse("isa=x86-64-v2", "me").metBy(arm)).isEqualTo(Met.NO);
    }
}
