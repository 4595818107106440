package io.regrade.policytest;

import io.regrade.policy.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report in the XML form of JUnit, which build servers show: a test file is a test suite. */
public final class ReportXml {

    private ReportXml() {}

    /** The report as an XML document. */
    public static String of(TestReport report) {
        Map<String, List<CaseResult>> byFile = new LinkedHashMap<>();
        report.problems().forEach(problem -> byFile.putIfAbsent(problem.file(), new ArrayList<>()));
        report.cases()
                .forEach(one -> byFile.computeIfAbsent(one.file(), f -> new ArrayList<>())
                        .add(one));
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuites name=\"").append(escape(report.policy())).append("\">\n");
        byFile.forEach((file, cases) -> suite(file, cases, report, out));
        return out.append("</testsuites>\n").toString();
    }

    private static void suite(String file, List<CaseResult> cases, TestReport report, StringBuilder out) {
        List<Diagnostic> problems = report.problems().stream()
                .filter(problem -> problem.file().equals(file))
                .toList();
        long failures = cases.stream().filter(one -> !one.passed()).count();
        double seconds = cases.stream().mapToDouble(CaseResult::seconds).sum();
        out.append("  <testsuite name=\"")
                .append(escape(cases.isEmpty() ? file : cases.get(0).suite()))
                .append("\" file=\"")
                .append(escape(file))
                .append("\" tests=\"")
                .append(cases.size() + problems.size())
                .append("\" failures=\"")
                .append(failures)
                .append("\" errors=\"")
                .append(problems.size())
                .append("\" time=\"")
                .append(time(seconds))
                .append("\">\n");
        for (Diagnostic problem : problems) {
            out.append("    <testcase name=\"the file can be read\" classname=\"")
                    .append(escape(file))
                    .append("\"><error message=\"")
                    .append(escape(problem.toString()))
                    .append("\"/></testcase>\n");
        }
        for (CaseResult one : cases) {
            out.append("    <testcase name=\"")
                    .append(escape(one.name()))
                    .append("\" classname=\"")
                    .append(escape(file))
                    .append("\" time=\"")
                    .append(time(one.seconds()))
                    .append('"');
            if (one.passed()) {
                out.append("/>\n");
            } else {
                out.append(">\n");
                for (Difference difference : one.differences()) {
                    out.append("      <failure message=\"")
                            .append(escape(difference.message()))
                            .append("\">")
                            .append(escape(difference.toString()))
                            .append("</failure>\n");
                }
                out.append("    </testcase>\n");
            }
        }
        out.append("  </testsuite>\n");
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, "%.4f", seconds);
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                default -> out.appendCodePoint(isXml(c) ? c : '\uFFFD');
            }
        });
        return out.toString();
    }

    /** The characters that XML 1.0 allows. */
    private static boolean isXml(int c) {
        return c == '\t' || (c >= ' ' && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
