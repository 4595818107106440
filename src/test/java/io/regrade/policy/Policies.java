package io.regrade.policy;

import io.regrade.engine.drools.drl.DrlStructureReader;
import io.regrade.policy.check.RuleChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Policies to test with: a small one that is in order, and the standard one. */
public final class Policies {

    public static final Path STANDARD = Path.of("rules", "standard");

    private static final String YAML = """
            name: small
            description: To test with
            parameters:
              headroom:
                description: To spare
                unit: share
                default: 0.2
                min: 0
                max: 2
            """;

    public static final String TABLE = """
            RuleSet,t,,,,
            Import,io.regrade.fact.*,,,,
            AGENDA-GROUP,require,,,,
            ,,,,,
            RuleTable Tagged,,,,,
            NAME,CONDITION,ACTION,METADATA,METADATA,METADATA
            ,$vm : Vm,,,,
            ,"tag(""data"") == ""$param""\","insert(Requirement.equal(Attribute.FEATURE, ""$1"", ""$2""));","id(""$param"")","owner(""$param"")","why(""$param"")"
            Rule,Tag,"Feature, reason",Id,Owner,Why
            Card data,pci,"selinux, cards",data-pci,security,The schemes ask.
            Personal data,personal,"tpm, the law",data-personal,security,"The law, too, asks."
            """;

    private Policies() {}

    /** The rule's text with these conditions and conclusions, each a line. */
    public static String rule(String id, String conditions, String conclusions) {
        return "rule \"Rule " + id + "\"\n  @id(\"" + id + "\")\n  @owner(\"finops\")\n  @why(\"Because.\")\nwhen\n  "
                + conditions + "\nthen\n  " + conclusions + "\nend\n";
    }

    /** A rule file of one phase: five lines, an empty one, then the rules, with an empty line between them. */
    public static String drl(String phase, String... rules) {
        return "package p." + phase + ";\n\nimport io.regrade.fact.*;\n\nagenda-group \"" + phase + "\"\n\n"
                + String.join("\n", rules);
    }

    /** A policy that chooses to keep everything, and these files besides or instead. */
    public static SortedMap<String, String> small(String... namesAndTexts) {
        SortedMap<String, String> files = new TreeMap<>(Map.of(
                "policy.yaml",
                YAML,
                "choose/keep.drl",
                drl("choose", rule("keep-all", "Vm()", "insert(Choice.keep(\"it stays\"));"))));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return files;
    }

    /** The errors of a policy, without compiling it, as {@code file:line: message [code]}: columns are for other tests. */
    public static List<String> problems(SortedMap<String, String> files) {
        return findings(files).stream()
                .filter(Diagnostic::isError)
                .map(found -> found.toString().replaceFirst("^([^:]+\\.(?:drl|yaml):\\d+):\\d+:", "$1:"))
                .toList();
    }

    /** All findings of a policy, without compiling it. */
    public static List<Diagnostic> findings(SortedMap<String, String> files) {
        PolicyReader.Reading reading = PolicyReader.reading(files);
        List<Diagnostic> all = new ArrayList<>(reading.problems());
        all.addAll(RuleChecks.of(reading.policy(), new DrlStructureReader().read(reading.policy())));
        return all.stream().sorted().toList();
    }
}
