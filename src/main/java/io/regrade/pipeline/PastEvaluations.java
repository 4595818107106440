package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.catalog.Catalog;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.decision.FactReader;
import io.regrade.engine.PhaseWatch;
import io.regrade.engine.RuleCompiler;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets up again what stored decisions were made with: facts, policy, catalogue and time, each checked against its
 * digest. The policies and catalogues that were used last are kept ready, so that many decisions of one run are
 * repeated fast. Thread-safe; closing it gives back the rules once nobody uses them.
 */
public final class PastEvaluations implements AutoCloseable {

    /** Compiled policies that are kept: each takes some ten MB. */
    private static final int POLICIES = 4;

    private static final int CATALOGS = 4;

    private final RuleCompiler compiler;
    private final Supplier<Iterable<ReadyPolicy>> loaded;
    private final Map<String, KeptPolicy> policies = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, KeptCatalog> catalogs = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    private record KeptCatalog(Catalog catalog, CatalogContent content) {}

    /** A policy that was compiled here, closed when it is no longer kept and its last user is done. */
    private static final class KeptPolicy {
        private final ReadyPolicy policy;
        private int users;
        private boolean dropped;

        KeptPolicy(ReadyPolicy policy) {
            this.policy = policy;
        }

        void drop() {
            dropped = true;
            closeWhenUnused();
        }

        void closeWhenUnused() {
            if (dropped && users == 0) {
                policy.close();
            }
        }
    }

    /**
     * Nothing is kept yet.
     *
     * @param compiler compiles stored policies
     * @param loaded the policies that are compiled already and stay open for as long as this is used
     */
    public PastEvaluations(RuleCompiler compiler, Supplier<Iterable<ReadyPolicy>> loaded) {
        this.compiler = compiler;
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
        for (ReadyPolicy one : loaded.get()) {
            if (one.bundle().digest().equals(whole.policyDigest)) {
                return reopened(evidence, whole, one, catalog, () -> {});
            }
        }
        KeptPolicy kept = policy(whole.policyDigest, evidence.policyFiles());
        return reopened(evidence, whole, kept.policy, catalog, () -> release(kept));
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

    /** Under the lock also while it compiles: who asks for the same policy then finds it. */
    private synchronized KeptPolicy policy(String digest, SortedMap<String, String> files) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        KeptPolicy kept = policies.get(digest);
        if (kept == null) {
            try {
                kept = new KeptPolicy(ReadyPolicy.of(PolicyReader.of(files), compiler));
            } catch (PolicyException e) {
                throw new EvidenceException("this version cannot use the stored policy:\n" + e.getMessage(), e);
            }
            policies.put(digest, kept);
            if (policies.size() > POLICIES) {
                removeEldest(policies).drop();
            }
        }
        kept.users++;
        return kept;
    }

    private static <T> T removeEldest(Map<String, T> kept) {
        Iterator<T> eldest = kept.values().iterator();
        T removed = eldest.next();
        eldest.remove();
        return removed;
    }

    private synchronized void release(KeptPolicy kept) {
        kept.users--;
        kept.closeWhenUnused();
    }

    @Override
    public synchronized void close() {
        closed = true;
        policies.values().forEach(KeptPolicy::drop);
        policies.clear();
        catalogs.clear();
    }
}
