package io.regrade.intake.telemetry;

/**
 * A 95 % confidence interval.
 *
 * @param low its lower end, negative infinity where the data do not bound it
 * @param high its upper end
 */
record Interval(double low, double high) {

    private static final Interval UNBOUNDED = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Two-sided 95 % quantiles of Student's t for 1 to 10 degrees of freedom (NIST/SEMATECH, table 1.3.6.7.2). */
    private static final double[] STUDENT = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};

    private static final double NORMAL = 1.959964;

    /**
     * The interval of the slope of the least-squares line through points: slope ± t × standard error, where the error is
     * √(Σ residual² / (n − 2) / Σ (x − mean)²) and t is Student's for n − 2 degrees of freedom. Without bounds for fewer
     * than three points.
     *
     * @param x where the points are, not all the same when there are three
     * @param y how high
     * @param n how many of them count
     */
    static Interval ofSlope(double[] x, double[] y, int n) {
        if (n < 3) {
            return UNBOUNDED;
        }
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < n; i++) {
            meanX += x[i] / n;
            meanY += y[i] / n;
        }
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        double slope = xy / xx;
        double residuals = 0;
        for (int i = 0; i < n; i++) {
            double residual = y[i] - meanY - slope * (x[i] - meanX);
            residuals += residual * residual;
        }
        double reach = student(n - 2) * Math.sqrt(residuals / (n - 2) / xx);
        return new Interval(slope - reach, slope + reach);
    }

    /** From eleven degrees of freedom on, the first terms of the expansion of Cornish and Fisher, right to 0.001. */
    private static double student(int freedom) {
        if (freedom <= STUDENT.length) {
            return STUDENT[freedom - 1];
        }
        double z = NORMAL;
        double first = (z * z * z + z) / 4;
        double second = (5 * Math.pow(z, 5) + 16 * z * z * z + 3 * z) / 96;
        return z + first / freedom + second / freedom / freedom;
    }
}
