package io.regrade.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.WrongStateException;
import io.regrade.pipeline.DraftWork.Task;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The commands that check, test and measure a draft. Thread-safe. */
public final class DraftTasks {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DRAFT = "draft.tar.gz";

    private final PolicyHistory history;
    private final MeasuredOver.Feed feed;

    /**
     * Commands over files that are stored.
     *
     * @param feed gives what drafts are measured over
     */
    public DraftTasks(PolicyHistory history, MeasuredOver.Feed feed) {
        this.history = history;
        this.feed = feed;
    }

    /** The command for a draft as it is now. */
    CompletionStage<Task> of(Draft draft, Verb verb, MeasuredOver over) {
        DraftWork.Input input = verb == Verb.IMPACT ? feed.facts(draft.policy(), over) : null;
        return history.contents(draft.policy(), draft.digest()).thenApply(found -> {
            Contents contents = found.orElseThrow(
                    () -> new WrongStateException("the files of draft `" + draft.id() + "` are not stored"));
            byte[] archive = BundleArchive.write(Bundle.unsigned(contents.files()));
            List<String> command = new ArrayList<>(List.of("policy", verb.key(), "--policy", DRAFT, "--format"));
            command.addAll(input == null ? List.of("json") : List.of("ndjson", "--facts", "-"));
            if (verb == Verb.CHECK) { // whoever approves sees what the rules touch
                command.add("--inventory");
            }
            return new Task(command, Map.of(DRAFT, archive), input);
        });
    }

    /** What is to be told instead of a result that is about another policy than the draft; null when it is not. */
    @Nullable
    String otherPolicy(Draft draft, @Nullable String result) {
        try {
            JsonNode policy = MAPPER.readTree(result == null ? "{}" : result).path("policy");
            String name = policy.isObject() ? policy.path("name").asText() : policy.asText();
            return name.isEmpty() || name.equals(draft.policy())
                    ? null
                    : JsonNodeFactory.instance
                            .objectNode()
                            .put(
                                    "error",
                                    "policy.yaml: the policy is called `" + name + "`, but this is a draft of `"
                                            + draft.policy() + "`. Maybe mend `name`")
                            .toString();
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
