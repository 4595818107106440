package io.regrade.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.pipeline.impact.Comparison;
import io.regrade.pipeline.impact.Impact;
import io.regrade.pipeline.impact.ImpactJson;
import java.io.PrintWriter;

/** Prints an impact in any format, what can be told on the way at once. Used by one thread. */
final class ImpactReport {

    /** Machines between two lines of progress. */
    private static final long STEP = 1000;

    private final ImpactFormat format;
    private final boolean explain;
    private final PrintWriter out;
    private final ImpactRows rows;
    private long told = -1;

    ImpactReport(ImpactFormat format, boolean explain, PrintWriter out) {
        this.format = format;
        this.explain = explain;
        this.out = out;
        this.rows = new ImpactRows(out);
    }

    /** A machine whose advice changes. */
    void changed(Comparison one) {
        if (format == ImpactFormat.csv) {
            rows.add(one);
        }
    }

    /** How far it is; total is -1 when unknown. */
    void progress(long done, long total) {
        if (format == ImpactFormat.ndjson && (told < 0 || done - told >= STEP || done == total)) {
            told = done;
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            ObjectNode progress = line.putObject("progress");
            progress.put("done", done);
            if (total >= 0) {
                progress.put("total", total);
            }
            out.println(Rows.line(line));
            out.flush();
        }
    }

    void print(Impact impact) {
        switch (format) {
            case table, markdown -> new ImpactText(impact, format == ImpactFormat.markdown, explain, out).print();
            case json -> out.println(ImpactJson.of(impact).toPrettyString());
            case ndjson -> out.println(Rows.line(ImpactJson.of(impact)));
            case csv -> rows.end();
        }
        out.flush();
    }
}
