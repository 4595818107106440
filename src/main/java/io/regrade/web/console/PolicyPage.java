package io.regrade.web.console;

import io.regrade.ledger.Draft;
import io.regrade.ledger.PolicyVersion;
import io.regrade.pipeline.LiveVersions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy or a draft of one, with its files.
 *
 * @param policy the policy's name
 * @param digest the version's digest
 * @param files the paths of its files
 * @param file the file that is shown first
 * @param draft the draft, null for a version
 * @param active whether this version decides
 */
public record PolicyPage(
        String policy,
        String digest,
        List<String> files,
        String file,
        @Nullable Draft draft,
        boolean active) {

    /**
     * The policies there are.
     *
     * @param live what decides
     * @param drafts what may decide one day, newest first
     */
    public record All(List<LiveVersions> live, List<Draft> drafts) {}

    /**
     * The versions that a policy had.
     *
     * @param policy the policy's name
     * @param versions newest first
     */
    public record History(String policy, List<PolicyVersion> versions) {}

    /** Where the files are read, without a slash at the end. */
    public String filesAt() {
        return draft == null
                ? "/v1/policies/" + Show.segment(policy) + "/versions/" + digest + "/files"
                : "/v1/drafts/" + draft.id() + "/files";
    }
}
