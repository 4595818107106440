package io.regrade.intake.sample;

import java.util.SplittableRandom;

/** Random numbers that are the same on every JDK. */
final class Dice {

    private static final double UNIT = 0x1.0p-53;

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Between 0 and 1, 1 excluded. */
    double share() {
        return (random.nextLong() >>> 11) * UNIT;
    }

    /** Between two numbers. */
    double between(double low, double high) {
        return low + (high - low) * share();
    }

    /** About normal with mean 0 and deviation 1: the sum of twelve uniform numbers. */
    double noise() {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += share();
        }
        return sum;
    }

    boolean chance(double probability) {
        return share() < probability;
    }
}
