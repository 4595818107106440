package io.regrade.intake.sample;

import io.regrade.intake.sample.SampleCatalogue.Family;
import io.regrade.intake.sample.SampleCatalogue.Size;
import java.util.Locale;

/** The kinds of machine that every fleet has; each third of twenty machines of the sample has one of each. */
enum Archetype {
    /** A member of a redundant web service with a rhythm of the day. */
    WEB_A(Family.GENERAL, Size.XLARGE, "rhel-9.4", "prod", new Load(0.12, 0.22, 0.3, 0.03, 0.45, 0.0, 0.10, 0.05)),
    WEB_B(Family.GENERAL, Size.XLARGE, "rhel-9.4", "prod", new Load(0.12, 0.22, 0.3, 0.03, 0.45, 0.0, 0.10, 0.05)),
    WEB_C(Family.GENERAL, Size.XLARGE, "rhel-9.4", "prod", new Load(0.12, 0.22, 0.3, 0.03, 0.45, 0.0, 0.10, 0.05)),
    /** Office hours: weekends are quiet. */
    OFFICE(Family.GENERAL, Size.X2, "ubuntu-22.04", "prod", new Load(0.05, 0.45, 0.9, 0.03, 0.55, 0.0, 0.08, 0.06)),
    /** Nothing most of the day, everything for a short while. */
    BATCH(Family.COMPUTE, Size.X2, "ubuntu-22.04", "test", new Load(0.04, 0.02, 0.0, 0.02, 0.35, 0.0, 0.05, 0.20)),
    /** Memory that only grows. */
    LEAK(Family.GENERAL, Size.LARGE, "ubuntu-24.04", "prod", new Load(0.20, 0.10, 0.2, 0.03, 0.40, 0.030, 0.05, 0.05)),
    /** Forgotten by everyone. */
    IDLE(
            Family.GENERAL,
            Size.XLARGE,
            "ubuntu-22.04",
            "dev",
            new Load(0.004, 0.0, 0.0, 0.002, 0.06, 0.0, 0.0002, 0.001)),
    /** As it should be. */
    STEADY(Family.GENERAL, Size.XLARGE, "rhel-9.4", "prod", new Load(0.52, 0.05, 0.1, 0.02, 0.66, 0.0, 0.25, 0.25)),
    /** Four times of what it needs. */
    OVERSIZED(Family.MEMORY, Size.X4, "rhel-8.10", "prod", new Load(0.06, 0.05, 0.2, 0.01, 0.14, 0.0, 0.04, 0.04)),
    /** Waits for processors. */
    CPU_STARVED(
            Family.GENERAL, Size.LARGE, "ubuntu-22.04", "prod", new Load(0.72, 0.35, 0.2, 0.06, 0.55, 0.0, 0.2, 0.2)),
    /** Close to the end of its memory. */
    MEMORY_STARVED(
            Family.COMPUTE, Size.XLARGE, "rhel-9.4", "prod", new Load(0.30, 0.15, 0.2, 0.03, 0.93, 0.0, 0.1, 0.1)),
    /** Past its end of life. */
    OLD_RHEL(Family.GENERAL, Size.LARGE, "rhel-7.9", "prod", new Load(0.35, 0.15, 0.3, 0.03, 0.60, 0.0, 0.1, 0.1)),
    OLD_LINUX(Family.GENERAL, Size.LARGE, "centos-7", "test", new Load(0.30, 0.12, 0.3, 0.03, 0.55, 0.0, 0.1, 0.1)),
    OLD_WINDOWS(
            Family.WINDOWS, Size.XLARGE, "windows-2012", "prod", new Load(0.30, 0.20, 0.7, 0.03, 0.60, 0.0, 0.1, 0.1)),
    /** Runs software that asks for a security-enhanced system, which it hasn't. */
    UNHARDENED(Family.GENERAL, Size.XLARGE, "rhel-9.4", "prod", new Load(0.45, 0.12, 0.2, 0.03, 0.62, 0.0, 0.1, 0.1)),
    /** Pays for bandwidth that nothing uses. */
    QUIET_NETWORK(
            Family.COMPUTE, Size.X4, "ubuntu-24.04", "prod", new Load(0.16, 0.08, 0.2, 0.02, 0.30, 0.0, 0.0008, 0.02)),
    GPU(Family.GPU, Size.XLARGE, "ubuntu-22.04", "prod", new Load(0.40, 0.30, 0.5, 0.05, 0.60, 0.0, 0.1, 0.2)),
    /** Runs software that asks for four processors on two. */
    FOUR_PROCESSORS(
            Family.GENERAL, Size.LARGE, "rhel-9.4", "prod", new Load(0.55, 0.15, 0.2, 0.03, 0.60, 0.0, 0.1, 0.1)),
    /** Disks that fill up. */
    FILLING(Family.MEMORY, Size.LARGE, "ubuntu-22.04", "prod", new Load(0.30, 0.10, 0.2, 0.03, 0.60, 0.0, 0.1, 0.45)),
    /** A borrowed processor share under load that never rests. */
    BURSTABLE(
            Family.BURSTABLE,
            Size.LARGE,
            "ubuntu-22.04",
            "test",
            new Load(0.58, 0.05, 0.1, 0.03, 0.50, 0.0, 0.05, 0.05));

    /**
     * What a machine does, as shares of what it has.
     *
     * @param cpu processor share at night
     * @param rhythm what a day adds to it
     * @param weekend how much of the rhythm a weekend lacks, 0 to 1
     * @param noise deviation of the processor share
     * @param memory memory share
     * @param leak memory share that every day adds until a restart
     * @param network share of the bandwidth at the processor's busiest
     * @param disk share of disk throughput at the processor's busiest
     */
    record Load(
            double cpu,
            double rhythm,
            double weekend,
            double noise,
            double memory,
            double leak,
            double network,
            double disk) {}

    private final Family family;
    private final Size size;
    private final String os;
    private final String environment;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers never changes
    private final Load load;

    Archetype(Family family, Size size, String os, String environment, Load load) {
        this.family = family;
        this.size = size;
        this.os = os;
        this.environment = environment;
        this.load = load;
    }

    /** The family of a machine; some kinds alternate. */
    Family family(int round) {
        return this == STEADY && round % 3 == 1 ? Family.HARDENED : family;
    }

    Size size() {
        return size;
    }

    /** The operating system of a machine; some kinds alternate. */
    String os(int round) {
        if (this == OLD_LINUX && round % 3 == 1) {
            return "ubuntu-18.04";
        }
        return this == OLD_LINUX && round % 3 == 2 ? "debian-10" : os;
    }

    String environment() {
        return environment;
    }

    Load load() {
        return load;
    }

    /** The name of such a machine without its number. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isWeb() {
        return this == WEB_A || this == WEB_B || this == WEB_C;
    }
}
