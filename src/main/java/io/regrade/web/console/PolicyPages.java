package io.regrade.web.console;

import static io.regrade.ledger.LedgerAnswer.await;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.pipeline.LiveVersions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of policies, their versions and drafts. */
final class PolicyPages {

    private static final int LIMIT = 50;

    private final Console.Parts parts;

    PolicyPages(Console.Parts parts) {
        this.parts = parts;
    }

    View policies(Asked asked) {
        List<Draft> drafts = await(parts.drafts().list(new Drafts.Query(null, null, null, LIMIT)))
                .items();
        return new View(
                "policies", "Policies", new PolicyPage.All(parts.policies().versions(), drafts));
    }

    View history(Asked asked) {
        String name = asked.path("name");
        live(name);
        return new View(
                "versions",
                "Versions of " + name,
                new PolicyPage.History(
                        name, await(parts.history().list(name, null, LIMIT)).items()));
    }

    View version(Asked asked) {
        String name = asked.path("name");
        String active = live(name).active().ref().digest();
        String digest = asked.path("digest").isEmpty() ? active : asked.path("digest");
        Contents contents = await(parts.history().contents(name, digest))
                .orElseThrow(() -> new Failure.NotFound("policy `" + name + "` has no version `" + digest + "`"));
        return view(name, contents, null, digest.equals(active), asked);
    }

    View draft(Asked asked) {
        String id = asked.path("id");
        Draft draft = await(parts.drafts().byId(id))
                .orElseThrow(() -> new Failure.NotFound("there is no draft `" + id + "`"));
        Contents contents = await(parts.history().contents(draft.policy(), draft.digest()))
                .orElseThrow(() -> new Failure.NotFound("the files of the draft `" + id + "` are not kept"));
        return view(draft.policy(), contents, draft, false, asked);
    }

    private static View view(String policy, Contents contents, @Nullable Draft draft, boolean active, Asked asked) {
        List<String> files = List.copyOf(contents.files().keySet());
        String file = files.contains(asked.text("file"))
                ? asked.text("file")
                : files.stream().filter(one -> one.endsWith(".drl")).findFirst().orElse(files.get(0));
        return new View(
                "policy",
                draft == null ? "Policy " + policy : "Draft of " + policy,
                new PolicyPage(policy, contents.digest(), files, file, draft, active));
    }

    private LiveVersions live(String name) {
        return parts.policies()
                .versions(name)
                .orElseThrow(() -> new Failure.NotFound("there is no policy `" + name + "`"));
    }
}
