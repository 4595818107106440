package io.regrade.web.console;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.fact.Numbers;
import io.regrade.fact.Vm;
import io.regrade.pipeline.fleet.FleetRow;
import io.regrade.pipeline.fleet.LastAdvice;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Machines and the advice on them as CSV, with the API's names for its columns. */
final class FleetCsv {

    private static final List<String> COLUMNS = List.of(
            "vm",
            "name",
            "cloud",
            "region",
            "type",
            "vcpu",
            "memory_gib",
            "group",
            "owner",
            "price_usd_month_now",
            "action",
            "target",
            "saving_usd_month",
            "risk",
            "decision",
            "decided_at",
            "why");

    private FleetCsv() {}

    static String of(List<FleetRow> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            writer.writeRecord(COLUMNS);
            for (FleetRow row : rows) {
                writer.writeRecord(cells(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text can always be written to", e);
        }
        return text.toString();
    }

    private static List<String> cells(FleetRow row) {
        Vm vm = row.vm();
        LastAdvice advice = row.advice();
        return List.of(
                plain(vm.id()),
                plain(vm.name()),
                plain(vm.cloud()),
                plain(vm.region()),
                plain(vm.type()),
                number(vm.capacity().vcpu()),
                number(vm.capacity().memoryGib()),
                plain(vm.group()),
                plain(vm.owner()),
                number(row.priceUsdMonth()),
                advice == null ? "" : advice.action().key(),
                plain(advice == null ? null : advice.target()),
                number(row.savingUsdMonth()),
                number(row.risk()),
                advice == null ? "" : advice.decision(),
                advice == null ? "" : advice.decidedAt().toString(),
                plain(advice == null ? null : advice.why()));
    }

    /** A text that a spreadsheet would run as a formula gets an apostrophe before it. */
    private static String plain(@Nullable String text) {
        return text == null ? "" : !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String number(double amount) {
        return Double.isNaN(amount) ? "" : Double.toString(Numbers.significant(amount));
    }
}
