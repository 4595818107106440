package io.regrade.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whether what was done with drafts of policies, and what was activated, was done in the order that it must be: nothing is
 * activated that was not checked, tested, submitted and approved as it is, by whom it must be, and nothing is gone back to
 * that never decided. Memory grows with the drafts, not with the log.
 */
final class DraftOrder {

    private final Findings findings;
    private final Map<String, Draft> drafts = new HashMap<>();
    private final Map<String, String> active = new HashMap<>();
    private final Set<String> decided = new HashSet<>();

    /** How far a draft is. */
    private enum Stage {
        DRAFT,
        CHECKED,
        TESTED,
        SUBMITTED,
        APPROVED,
        CLOSED
    }

    private static final class Draft {
        private final String name;
        private final Set<String> authors = new HashSet<>();
        private final Set<String> approvers = new HashSet<>();
        private Stage stage = Stage.DRAFT;
        private String digest = "";
        private boolean activated;

        Draft(String name) {
            this.name = name;
        }

        void back(Stage to) {
            stage = to;
            approvers.clear();
        }
    }

    DraftOrder(Findings findings) {
        this.findings = findings;
    }

    /** Takes a leaf about a draft. */
    void draft(long index, JsonNode leaf) {
        String what = text(leaf, "what");
        String id = text(leaf, "draft");
        String digest = text(leaf, "policy");
        String by = text(leaf, "by").strip().toLowerCase(Locale.ROOT);
        Draft draft = drafts.get(id);
        if (what.equals("create")) {
            if (draft != null) {
                defect(index, "it begins draft " + id + ", which was begun before");
            }
            Draft made = new Draft(text(leaf, "name"));
            made.digest = digest;
            made.authors.add(by);
            drafts.put(id, made);
            return;
        }
        if (draft == null) {
            defect(index, "it is about draft " + id + ", which no leaf before it begins");
            return;
        }
        if (!what.equals("edit") && !digest.equals(draft.digest)) {
            defect(index, "it is about other files of draft " + id + " than were put into it last");
        }
        if (!draft.name.equals(text(leaf, "name"))) {
            defect(index, "draft " + id + " is of the policy `" + draft.name + "`");
        }
        step(index, what, id, draft, by, leaf);
    }

    private void step(long index, String what, String id, Draft draft, String by, JsonNode leaf) {
        boolean passed = text(leaf, "outcome").equals("passed");
        Stage needed = switch (what) {
            case "edit", "check", "withdraw" -> Stage.DRAFT;
            case "test", "impact" -> Stage.CHECKED;
            case "submit" -> Stage.TESTED;
            case "approve", "reject" -> Stage.SUBMITTED;
            default -> Stage.APPROVED;
        };
        if (draft.stage.compareTo(needed) < 0 || draft.stage == Stage.CLOSED) {
            defect(
                    index,
                    "`" + what + "` of draft " + id + " is out of order: it was "
                            + draft.stage.name().toLowerCase(Locale.ROOT));
        }
        switch (what) {
            case "edit" -> {
                draft.digest = text(leaf, "policy");
                draft.authors.add(by);
                draft.back(Stage.DRAFT);
            }
            case "check" -> draft.stage = !passed ? Stage.DRAFT : atLeast(draft.stage, Stage.CHECKED);
            case "test" -> draft.stage = passed ? Stage.TESTED : Stage.CHECKED;
            case "submit" -> draft.back(Stage.SUBMITTED);
            case "approve" ->
                approve(index, id, draft, by, leaf.path("approvals").asInt());
            case "reject" -> draft.back(Stage.TESTED);
            case "withdraw" -> draft.stage = Stage.CLOSED;
            case "activate" -> {
                draft.stage = Stage.CLOSED;
                draft.activated = true;
            }
            default -> {
                // an impact changes nothing
            }
        }
    }

    private void approve(long index, String id, Draft draft, String by, int needed) {
        if (needed > 0 && draft.authors.contains(by)) {
            defect(index, "draft " + id + " is approved by `" + by + "`, who is one of its authors");
        }
        if (!draft.approvers.add(by)) {
            defect(index, "draft " + id + " is approved by `" + by + "` twice");
        }
        if (draft.approvers.size() >= needed) {
            draft.stage = Stage.APPROVED;
        }
    }

    private static Stage atLeast(Stage one, Stage other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Takes a leaf about an activation. */
    void activation(long index, JsonNode leaf) {
        String name = text(leaf, "name");
        String digest = text(leaf, "policy");
        String previous = text(leaf, "previous");
        String before = active.put(name, digest);
        if (!previous.isEmpty() && !previous.equals(before)) {
            defect(
                    index,
                    "it says that `" + name + "` decided by " + previous + " before, which no leaf before it says");
        }
        String what = text(leaf, "what");
        if (what.equals("rollback") && !decided.contains(name + " " + digest)) {
            defect(index, "it goes back to a version of `" + name + "` that never decided");
        }
        decided.add(name + " " + digest);
        if (what.equals("activate")) {
            Draft draft = drafts.get(text(leaf, "draft"));
            if (draft == null || !draft.activated || !draft.digest.equals(digest) || !draft.name.equals(name)) {
                defect(index, "it activates a draft that no leaf before it approves and activates as it is");
            }
        }
    }

    private void defect(long index, String what) {
        findings.defect("leaf " + index, what);
    }

    private static String text(JsonNode leaf, String field) {
        return leaf.path(field).asText("");
    }
}
