package io.regrade.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.decision.Decision;
import io.regrade.fact.Numbers;
import io.regrade.fact.Vm;
import io.regrade.pipeline.impact.Comparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The machines whose advice changes as CSV, each written when it is known. */
final class ImpactRows {

    private final PrintWriter out;
    private @Nullable CsvWriter csv;

    ImpactRows(PrintWriter out) {
        this.out = out;
    }

    void add(Comparison one) {
        Vm vm = one.active().vm();
        begun().writeRecord(
                        vm.id(),
                        text(one.past()),
                        text(vm.group()),
                        text(vm.owner()),
                        one.change().key(),
                        one.active().action().key(),
                        one.draft().action().key(),
                        target(one.active()),
                        target(one.draft()),
                        number(one.active().savingUsdMonth()),
                        number(one.draft().savingUsdMonth()),
                        number(one.active().risk()),
                        number(one.draft().risk()),
                        one.active().trace().chooser(),
                        one.draft().trace().chooser());
    }

    private CsvWriter begun() {
        CsvWriter writer = csv;
        if (writer == null) {
            writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
            writer.writeRecord(
                    "vm",
                    "decision",
                    "group",
                    "owner",
                    "change",
                    "action_before",
                    "action_after",
                    "target_before",
                    "target_after",
                    "saving_usd_month_before",
                    "saving_usd_month_after",
                    "risk_before",
                    "risk_after",
                    "rule_before",
                    "rule_after");
            csv = writer;
        }
        return writer;
    }

    /** Writes what is left; the header alone when nothing changed. */
    void end() {
        try {
            begun().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the rows cannot be written", e);
        }
    }

    private static String target(Decision decision) {
        return decision.target() == null ? "" : decision.target().id();
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static String number(double number) {
        return Double.isNaN(number) ? "" : Double.toString(Numbers.significant(number));
    }
}
