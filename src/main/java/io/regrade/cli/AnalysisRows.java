package io.regrade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regrade.fact.Numbers;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Declaration;
import io.regrade.intake.manifest.found.FoundModule;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.pipeline.manifest.AnalysisJson;
import io.regrade.pipeline.manifest.AnalyzeManifests.Result;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was found in manifests, as rows: one for each thing that is said, with its place. */
final class AnalysisRows {

    private AnalysisRows() {}

    static void print(List<Result> results, Format format, PrintWriter out) {
        switch (format) {
            case table, csv -> rows(results).print(format, out);
            case json -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                results.forEach(one -> all.add(AnalysisJson.of(one)));
                out.println(all.toPrettyString());
            }
            case ndjson -> results.forEach(one -> out.println(Rows.line(AnalysisJson.of(one))));
        }
        out.flush();
    }

    private static Rows rows(List<Result> results) {
        Rows rows = new Rows("place", "format", "kind", "subject", "fact");
        for (Result result : results) {
            Analysis analysis = result.analysis();
            if (analysis == null) {
                continue;
            }
            String read = analysis.format().key();
            for (Declaration one : analysis.declares()) {
                rows.add(one.place().toString(), read, "declares", one.system(), said(one));
            }
            for (FoundModule module : analysis.modules()) {
                String name = module.name() + (module.version() == null ? "" : " " + module.version());
                rows.add(module.place().toString(), read, "module", name, "");
                module.requires()
                        .forEach(one -> rows.add(
                                one.place().toString(),
                                read,
                                "requires",
                                name,
                                one.requirement().text()));
            }
            analysis.notes().forEach(one -> rows.add(one.place().toString(), read, "note", "", one.text()));
            result.conflicts()
                    .forEach(one -> rows.add(one.place().toString(), read, "conflict", one.subject(), one.text()));
        }
        return rows;
    }

    private static String said(Declaration one) {
        Resource resource = one.attribute().resource();
        return one.attribute().key() + "=" + (resource == null ? one.value() : Numbers.show(one.amount()));
    }

    /** How many files of each format were read, and how many were refused for which reason. */
    static Rows summary(List<Result> results) {
        Map<String, Integer> read = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        for (Result result : results) {
            Analysis analysis = result.analysis();
            ManifestException refusal = result.refusal();
            if (analysis != null) {
                read.merge(analysis.format().key(), 1, Integer::sum);
            } else if (refusal != null) {
                refused.merge(refusal.problem(), 1, Integer::sum);
            }
        }
        Rows rows = new Rows("result", "files", "format or reason");
        read.forEach((format, files) -> rows.add("read", files, format));
        refused.forEach((reason, files) -> rows.add("refused", files, reason));
        return rows;
    }
}
