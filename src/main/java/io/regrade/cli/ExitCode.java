package io.regrade.cli;

/** What the process ends with. */
final class ExitCode {

    static final int DONE = 0;
    /** The answer is no: a check, a test or a verification failed. */
    static final int NO = 1;
    /** Wrong usage or wrong input. */
    static final int INPUT = 2;
    /** Wrong configuration. */
    static final int CONFIGURATION = 100;

    private ExitCode() {}
}
