package io.regrade.bench;

import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.inventory.UsageScan;
import java.nio.file.Path;

/** A process that parses a fleet directory with all checks and keeps nothing. */
public final class ParseOnly {

    private ParseOnly() {}

    /** Parses the directory that the only argument names. */
    public static void main(String[] args) {
        System.out.println(UsageScan.scan(Path.of(args[0]), IntakeLimits.DEFAULT));
    }
}
