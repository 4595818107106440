package io.regrade.cli;

import io.regrade.fact.Numbers;
import io.regrade.pipeline.impact.Impact;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much impact is accepted; more makes the answer "no", which a build server can go by. */
final class ImpactThresholds {

    @Option(
            names = "--max-changed",
            paramLabel = "SHARE",
            converter = Share.class,
            description = "Fail when the advice for more than this share of the machines changes, such as 5%% or 0.05.")
    private @Nullable Double changed;

    @Option(
            names = "--max-saving-loss",
            paramLabel = "USD",
            description =
                    "Fail when the draft saves less than the active policy by more than this, US dollars a month.")
    private @Nullable Double savingLoss;

    @Option(
            names = "--max-raised-risk",
            paramLabel = "SHARE",
            converter = Share.class,
            description = "Fail when the draft takes more risk for more than this share of the machines.")
    private @Nullable Double raisedRisk;

    @Option(
            names = "--max-errors",
            paramLabel = "N",
            description = "Fail when more decisions of the draft have errors; 0 without.")
    private long errors;

    /** Whether the impact is accepted; says why not. */
    boolean accept(Impact impact, PrintWriter err) {
        boolean accepted = true;
        if (changed != null && impact.changedShare() > changed) {
            err.printf(
                    "the advice changes for %s of the machines, accepted are %s%n",
                    Numbers.percent(impact.changedShare()), Numbers.percent(changed));
            accepted = false;
        }
        if (savingLoss != null && -impact.savingDifferenceUsdMonth() > savingLoss) {
            err.printf(
                    "the draft saves %s a month less, accepted are %s%n",
                    Numbers.dollars(-impact.savingDifferenceUsdMonth()), Numbers.dollars(savingLoss));
            accepted = false;
        }
        double raised = (double) impact.raisedRisk() / impact.machines();
        if (raisedRisk != null && raised > raisedRisk) {
            err.printf(
                    "the draft takes more risk for %s of the machines, accepted are %s%n",
                    Numbers.percent(raised), Numbers.percent(raisedRisk));
            accepted = false;
        }
        if (impact.after().errors() > errors) {
            err.printf(
                    "%d decisions of the draft have errors, accepted are %d%n",
                    impact.after().errors(), errors);
            accepted = false;
        }
        return accepted;
    }

    /** A share, as a number from 0 to 1 or as a percentage. */
    static final class Share implements ITypeConverter<Double> {

        @Override
        public Double convert(String text) {
            boolean percent = text.endsWith("%");
            try {
                double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
                double share = percent ? number / 100 : number;
                if (share >= 0 && share <= 1) {
                    return share;
                }
            } catch (NumberFormatException e) {
                // told below, with what is no share either
            }
            throw new TypeConversionException("`" + text + "` is not a share. Maybe `5%` or `0.05`");
        }
    }
}
