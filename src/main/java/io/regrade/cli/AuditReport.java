package io.regrade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.audit.Defect;
import io.regrade.audit.ReceiptVerification;
import io.regrade.audit.Verification;
import io.regrade.tlog.VerifierKey;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of an audit, for printing.
 *
 * @param log null when no log was verified
 * @param receipt null when no receipt was
 * @param keyed whether there was a key to check signatures with
 */
record AuditReport(@Nullable Verification log, @Nullable ReceiptVerification receipt, boolean keyed) {

    /** Whether everything that was asked for holds, signatures included. */
    boolean verified() {
        boolean logged = log == null || log.verified();
        boolean received = receipt == null || (log == null ? receipt.verified() : receipt.consistent());
        return logged && received;
    }

    private long defectCount() {
        return (log == null ? 0 : log.defectCount())
                + (receipt == null ? 0 : receipt.defects().size());
    }

    private List<Defect> defects() {
        List<Defect> all = new ArrayList<>();
        if (receipt != null) {
            all.addAll(receipt.defects());
        }
        if (log != null) {
            all.addAll(log.defects());
        }
        return all;
    }

    void print(Format format, PrintWriter out, PrintWriter err) {
        switch (format) {
            case table -> text(out, err);
            case json -> out.println(json().toPrettyString());
            case ndjson -> out.println(Rows.line(json()));
            case csv -> {
                Rows rows = new Rows("where", "what", "expected", "found");
                defects().forEach(one -> rows.add(one.where(), one.what(), one.expected(), one.found()));
                rows.print(format, out);
            }
        }
        out.flush();
    }

    private void text(PrintWriter out, PrintWriter err) {
        List<Defect> told = defects();
        told.forEach(err::println);
        if (told.size() < defectCount()) {
            err.println("… and " + (defectCount() - told.size()) + " more");
        }
        err.flush();
        if (receipt != null && receipt.index() >= 0) {
            out.println("receipt    leaf " + receipt.index() + " of " + receipt.size() + " in " + receipt.origin());
            line(out, "leaf", receipt.leaf());
            line(out, "compared", String.join(", ", receipt.compared()));
            line(out, "signed by", signer(receipt.signedBy()));
        }
        if (log != null && !log.origin().isEmpty()) {
            out.println("log        " + log.origin() + ", " + log.size() + " leaves, root " + log.root());
            line(
                    out,
                    "leaves",
                    new TreeMap<>(log.leaves())
                            .entrySet().stream()
                                    .map(one -> one.getValue() + " " + one.getKey())
                                    .collect(Collectors.joining(", ")));
            line(
                    out,
                    "refused",
                    log.refused() == 0 ? "" : log.refused() + (log.refused() == 1 ? " request" : " requests"));
            line(out, "times", log.first() == null ? "" : log.first() + " to " + log.last());
            line(out, "signed by", signer(log.signedBy()));
            line(out, "rotations", log.rotations() == 0 ? "" : Integer.toString(log.rotations()));
            log.remarks().forEach(remark -> line(out, "remark", remark));
        }
        out.println(verdict());
    }

    private static void line(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.println(name + " ".repeat(11 - name.length()) + value);
        }
    }

    private static String signer(@Nullable VerifierKey key) {
        return key == null ? "" : key.toString();
    }

    private String verdict() {
        if (verified()) {
            return "verified";
        }
        if (defectCount() > 0) {
            return "not verified: " + defectCount() + (defectCount() == 1 ? " defect" : " defects");
        }
        return keyed
                ? "not verified: the signature was not checked"
                : "not verified: all is consistent, but without --key nobody knows who signed it";
    }

    private ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("verified", verified());
        node.put("verdict", verdict());
        if (log != null) {
            ObjectNode part = node.putObject("log");
            part.put("origin", log.origin());
            part.put("size", log.size());
            part.put("root", log.root());
            part.put("consistent", log.consistent());
            part.put("signed_by", log.signedBy() == null ? null : log.signedBy().toString());
            part.put("rotations", log.rotations());
            ObjectNode leaves = part.putObject("leaves");
            new TreeMap<>(log.leaves()).forEach(leaves::put);
            part.put("refused", log.refused());
            part.put("first", log.first() == null ? null : log.first().toString());
            part.put("last", log.last() == null ? null : log.last().toString());
            ArrayNode remarks = part.putArray("remarks");
            log.remarks().forEach(remarks::add);
        }
        if (receipt != null) {
            ObjectNode part = node.putObject("receipt");
            part.put("origin", receipt.origin());
            part.put("index", receipt.index());
            part.put("size", receipt.size());
            part.put("leaf", receipt.leaf());
            part.put("consistent", receipt.consistent());
            part.put(
                    "signed_by",
                    receipt.signedBy() == null ? null : receipt.signedBy().toString());
            ArrayNode compared = part.putArray("compared");
            receipt.compared().forEach(compared::add);
        }
        node.put("defect_count", defectCount());
        ArrayNode defects = node.putArray("defects");
        for (Defect one : defects()) {
            defects.addObject()
                    .put("where", one.where())
                    .put("what", one.what())
                    .put("expected", one.expected())
                    .put("found", one.found());
        }
        return node;
    }
}
