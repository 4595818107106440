package io.regrade.policytest;

import io.regrade.fact.Numbers;

/** A report to be read in a terminal. */
public final class ReportText {

    private ReportText() {}

    /**
     * The report as lines of text: each failure with its place, then the coverage, then a summary.
     *
     * @param report the report
     * @param everyCase whether cases that passed are listed too
     */
    public static String of(TestReport report, boolean everyCase) {
        StringBuilder out = new StringBuilder();
        report.problems().forEach(problem -> out.append(problem).append('\n'));
        for (CaseResult one : report.cases()) {
            if (!one.passed() || everyCase) {
                out.append(one.passed() ? "ok    " : "FAIL  ")
                        .append(one.file())
                        .append(':')
                        .append(one.line())
                        .append(": ")
                        .append(one.name())
                        .append('\n');
            }
            one.differences().forEach(d -> out.append("      ").append(d).append('\n'));
        }
        for (RuleCoverage one : report.uncovered()) {
            out.append("cover ")
                    .append(one.rule().file())
                    .append(':')
                    .append(one.rule().line())
                    .append(": rule `")
                    .append(one.rule().id())
                    .append("` has ")
                    .append(missing(one))
                    .append('\n');
        }
        report.conditions().stream()
                .filter(one -> !one.isComplete())
                .forEach(one -> out.append("cover ").append(missing(one)).append('\n'));
        long complete = report.coverage().size() - report.uncovered().size();
        out.append(report.cases().size())
                .append(" cases, ")
                .append(report.failures())
                .append(" failed")
                .append(
                        report.problems().isEmpty()
                                ? ""
                                : ", " + report.problems().size() + " problems in test files")
                .append("; ")
                .append(report.coverage().size())
                .append(" rules, ")
                .append(report.rulesFired())
                .append(" fired, ")
                .append(complete)
                .append(" with a firing case and a near miss (")
                .append(Numbers.percent(report.coveredShare()))
                .append(")\n");
        if (!report.conditions().isEmpty()) {
            long both = report.conditions().stream()
                    .filter(ConditionCoverage::isComplete)
                    .count();
            out.append(report.conditions().size())
                    .append(" conditions, ")
                    .append(both)
                    .append(" seen true and, alone, false (")
                    .append(Numbers.percent(report.conditionShare()))
                    .append(")\n");
        }
        if (report.mutation() != null) {
            mutation(report.mutation(), out);
        }
        return out.toString();
    }

    private static void mutation(MutationReport mutation, StringBuilder out) {
        mutation.survivors().forEach(one -> out.append("alive ").append(one).append(": no test notices\n"));
        long late = mutation.untried().stream()
                .filter(one -> one.reason().equals(MutationReport.NO_TIME))
                .count();
        mutation.untried().stream()
                .filter(one -> !one.reason().equals(MutationReport.NO_TIME))
                .forEach(one -> out.append("not tried ").append(one).append('\n'));
        out.append(mutation.noticed().size() + mutation.survivors().size())
                .append(" changes tried, ")
                .append(mutation.noticed().size())
                .append(" noticed (")
                .append(Numbers.percent(mutation.score()))
                .append("), ")
                .append(mutation.survivors().size())
                .append(" not")
                .append(
                        late == mutation.untried().size()
                                ? ""
                                : "; " + (mutation.untried().size() - late) + " do not compile")
                .append(late == 0 ? "" : "; no time for " + late + " more")
                .append(String.format(java.util.Locale.ROOT, "; %.1f s%n", mutation.seconds()));
    }

    private static String missing(ConditionCoverage one) {
        String place = one.file() + ":" + one.line() + (one.column() == 0 ? "" : ":" + one.column());
        return place + ": condition `" + one.condition() + "` of rule `" + one.rule() + "` "
                + (one.seenTrue() ? "is never the only one that does not hold" : "never holds with all others");
    }

    private static String missing(RuleCoverage one) {
        String fires = one.cases() == 0 ? "no case that makes it fire" : "no case that expects it to fire";
        String near = "no near miss that expects it not to";
        return one.firing().isEmpty() ? one.nearMisses().isEmpty() ? fires + ", and " + near : fires : near;
    }
}
