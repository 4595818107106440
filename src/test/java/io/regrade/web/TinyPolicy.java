package io.regrade.web;

import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import java.util.SortedMap;
import java.util.TreeMap;

/** A policy of one rule, which keeps every machine and says why. */
public final class TinyPolicy {

    public static final String RULES = "choose/choose.drl";

    private TinyPolicy() {}

    public static SortedMap<String, String> files(String why) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", "name: tiny\ndescription: Keeps what it sees.\nparameters: {}\n");
        files.put(RULES, rules(why, ""));
        files.put(
                "tests/tiny_test.yaml",
                "name: Tiny\nat: 2026-06-01T00:00:00Z\nvms:\n  any: {vcpu: 2}\ntargets: []\ncases:\n"
                        + "  - name: everything stays\n    given: {vm: any}\n    expect: {action: keep}\n");
        return files;
    }

    /** The rule file, with more in it. */
    public static String rules(String why, String more) {
        return "package tiny.choose;\nimport io.regrade.fact.*;\nagenda-group \"choose\"\n"
                + "rule \"Everything stays\"\n  @id(\"stay\")\n  @owner(\"finops\")\n  @why(\"It is a small policy.\")\n"
                + "when\n  Vm()\nthen\n  insert(Choice.keep(\"" + why + "\"));\nend\n" + more;
    }

    static byte[] archive(String why) {
        return BundleArchive.write(Bundle.unsigned(files(why)));
    }
}
