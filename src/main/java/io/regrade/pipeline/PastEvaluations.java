package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.catalog.Catalog;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.decision.FactReader;
import io.regrade.engine.PhaseWatch;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Evidence;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Sets up again what stored decisions were made with: facts, policy, catalogue and time, each checked against its
 * digest. The catalogues that were used last are kept ready, as the versions are in {@link LoadedPolicies}, so that many
 * decisions of one run are repeated fast. Thread-safe.
 */
public final class PastEvaluations {

    private static final int CATALOGS = 4;

    private final LoadedPolicies loaded;
    private final Map<String, KeptCatalog> catalogs = new LinkedHashMap<>(16, 0.75f, true);

    private record KeptCatalog(Catalog catalog, CatalogContent content) {}

    /**
     * No catalogue is kept yet.
     *
     * @param loaded compiles stored policies; stays open for as long as this is used
     */
    public PastEvaluations(LoadedPolicies loaded) {
        this.loaded = loaded;
    }

    /** A stored decision with all that is needed to make it again; to be closed after use. */
    static final class Reopened implements AutoCloseable {

        private final Evidence evidence;
        private final VmFacts facts;
        private final DecideVm decide;
        private final Runnable release;

        private Reopened(Evidence evidence, VmFacts facts, DecideVm decide, Runnable release) {
            this.evidence = evidence;
            this.facts = facts;
            this.decide = decide;
            this.release = release;
        }

        Evidence evidence() {
            return evidence;
        }

        /** The decision as it was stored. */
        ObjectNode decision() {
            return evidence.decision();
        }

        VmFacts facts() {
            return facts;
        }

        EvaluationTime time() {
            return new EvaluationTime(evidence.decidedAt());
        }

        DecideVm decide() {
            return decide;
        }

        @Override
        public void close() {
            release.run();
        }
    }

    /**
     * Sets up a stored decision.
     *
     * @param other a policy to decide by instead of the stored one, which stays open meanwhile; null for the stored one
     * @throws EvidenceException when a part of the evidence is not what its digest says, or cannot be read
     */
    Reopened open(Evidence evidence, @Nullable ReadyPolicy other) {
        Whole whole = whole(evidence);
        KeptCatalog catalog = catalog(whole.catalogDigest, evidence.catalog());
        if (other != null) {
            return reopened(evidence, whole, other, catalog, () -> {});
        }
        PolicyLease lease = policy(whole.policyDigest, evidence.policyFiles());
        return reopened(evidence, whole, lease.policy(), catalog, lease::close);
    }

    /**
     * Makes sure that evidence is what its digests say, and can be read.
     *
     * @return the digest of its catalogue
     * @throws EvidenceException when it is not
     */
    public static String check(Evidence evidence) {
        return whole(evidence).catalogDigest;
    }

    private record Whole(VmFacts facts, String policyDigest, String catalogDigest) {}

    private static Whole whole(Evidence evidence) {
        String factsDigest = check("facts", CanonicalJson.digest(evidence.facts()), text(evidence, "/facts"));
        String policyDigest =
                check("policy", PolicyReader.digest(evidence.policyFiles()), text(evidence, "/policy/digest"));
        check("time", evidence.decidedAt().toString(), text(evidence, "/decided_at"));
        VmFacts facts = facts(evidence);
        check("machine", facts.vm().id(), text(evidence, "/vm"));
        String catalogDigest = CanonicalJson.digest(evidence.catalog());
        String id = DecisionId.of(facts.vm().id(), factsDigest, policyDigest, catalogDigest, evidence.decidedAt());
        if (!id.equals(text(evidence, "/id"))) {
            throw new EvidenceException("the catalogue is not the one that the decision was made with: with it, the"
                    + " decision's id would be `" + id + "`, it is `" + text(evidence, "/id") + "`");
        }
        return new Whole(facts, policyDigest, catalogDigest);
    }

    private static Reopened reopened(
            Evidence evidence, Whole whole, ReadyPolicy policy, KeptCatalog catalog, Runnable release) {
        DecideVm decide =
                new DecideVm(policy, catalog.catalog, catalog.content.pricing(), whole.catalogDigest, PhaseWatch.NONE);
        return new Reopened(evidence, whole.facts, decide, release);
    }

    private static String text(Evidence evidence, String pointer) {
        return evidence.decision().at(pointer).asText();
    }

    private static String check(String part, String is, String stated) {
        if (!is.equals(stated)) {
            throw new EvidenceException("the " + part + " of the evidence is not what the decision says: it is `" + is
                    + "`, the decision says `" + stated + "`");
        }
        return is;
    }

    private static VmFacts facts(Evidence evidence) {
        VmFacts facts;
        try {
            facts = FactReader.facts(EvidenceJson.facts(evidence.facts()));
        } catch (RuntimeException e) {
            if (e instanceof EvidenceException) {
                throw e;
            }
            throw new EvidenceException("the facts cannot be read: " + e.getMessage(), e);
        }
        if (!Arrays.equals(CanonicalJson.bytes(FactJson.facts(facts)), evidence.facts())) {
            throw new EvidenceException("the facts say something that this version does not know of. Maybe "
                    + evidence.engine() + " knows it");
        }
        return facts;
    }

    private synchronized KeptCatalog catalog(String digest, byte[] content) {
        KeptCatalog kept = catalogs.get(digest);
        if (kept == null) {
            CatalogContent read;
            try {
                read = CatalogContent.read(content);
                kept = new KeptCatalog(Catalog.of(read.targets()), read);
            } catch (RuntimeException e) {
                throw new EvidenceException("the catalogue cannot be read: " + e.getMessage(), e);
            }
            if (!Arrays.equals(CatalogContent.write(kept.catalog.targets(), read.pricing()), content)) {
                throw new EvidenceException("the catalogue says something that this version does not know of");
            }
            catalogs.put(digest, kept);
            if (catalogs.size() > CATALOGS) {
                removeEldest(catalogs);
            }
        }
        return kept;
    }

    private PolicyLease policy(String digest, SortedMap<String, String> files) {
        try {
            return loaded.lease(digest, () -> PolicyReader.of(files));
        } catch (PolicyException e) {
            throw new EvidenceException("this version cannot use the stored policy:\n" + e.getMessage(), e);
        }
    }

    private static void removeEldest(Map<String, ?> kept) {
        Iterator<?> eldest = kept.values().iterator();
        eldest.next();
        eldest.remove();
    }
}
