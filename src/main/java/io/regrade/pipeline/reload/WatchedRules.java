package io.regrade.pipeline.reload;

import io.regrade.engine.RuleCompiler;
import io.regrade.ledger.Asker;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.metrics.PolicyMeters;
import io.regrade.pipeline.DraftWork;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyDirectory;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.Rollout;
import io.regrade.pipeline.reload.Reload.Outcome;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.BundleArchive;
import io.regrade.policy.bundle.TrustedKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the rules on disk again and again, and brings a change into force once it is the same at two looks, so that
 * half a save is not taken for a change. It compares what the files say, not what the file system says of them: directories
 * that are swapped, links that are turned, files of the same age and size are all seen. Thread-safe.
 */
public final class WatchedRules implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedRules.class);
    private static final Asker FILES = new Asker("files", null, null);
    private static final String ARCHIVE = "changed.tar.gz";
    private static final long STOP_MILLIS = 20_000;

    private final Path directory;
    private final RuleCompiler compiler;
    private final TrustedKeys trusted;
    private final Policies policies;
    private final Rollout rollout;
    private final PolicyMeters meters;
    private final Clock clock;
    private final DraftWork apart;
    private final boolean activates;
    private final Map<Path, String> seen = new HashMap<>();
    private final Map<Path, String> settled = new HashMap<>();
    private final Map<Path, Reload> last = new TreeMap<>();
    /** The values of {@code last}, for those who must not wait until a policy is compiled. */
    private volatile List<Reload> told = List.of();

    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    /**
     * Looks at nothing yet.
     *
     * @param directory a policy, or a directory of policies
     * @param activates whether a sound change is brought into force; otherwise it is only told
     * @param apart checks a change within limits before this process compiles it
     */
    public WatchedRules(
            Path directory,
            boolean activates,
            RuleCompiler compiler,
            TrustedKeys trusted,
            Policies policies,
            Rollout rollout,
            PolicyMeters meters,
            DraftWork apart,
            Clock clock) {
        this.directory = directory;
        this.activates = activates;
        this.compiler = compiler;
        this.trusted = trusted;
        this.policies = policies;
        this.rollout = rollout;
        this.meters = meters;
        this.clock = clock;
        this.apart = apart;
    }

    /** Looks on a thread of its own from now on, so often. */
    public void start(long millis) {
        Thread looking = new Thread(() -> run(millis), "regrade-rules");
        looking.setDaemon(true);
        looking.start();
        thread = looking;
    }

    private void run(long millis) {
        while (!closed) {
            try {
                look();
            } catch (RuntimeException e) {
                LOG.error("the rules in {} could not be looked at", directory, e);
            }
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Looks once, and does what is to be done. */
    public synchronized void look() {
        for (Path policy : PolicyDirectory.policies(directory)) {
            String now = state(policy);
            boolean isSettled = now.equals(seen.put(policy, now));
            if (isSettled && !now.equals(settled.get(policy))) {
                Reload reload = reload(policy);
                if (reload.outcome() != Outcome.POSTPONED) {
                    settled.put(policy, now);
                }
                tell(policy, reload);
            } else if (last.containsKey(policy)) {
                settle(policy, last.get(policy));
            }
        }
    }

    /** Somebody may have brought into force what was only told. */
    private void settle(Path policy, Reload reload) {
        if (reload.isStale() && decides(reload.policy(), reload.digest())) {
            tell(policy, told(reload.policy(), policy, reload.digest(), Outcome.UNCHANGED, List.of()));
        }
    }

    private boolean decides(String name, String digest) {
        return policies.versions(name)
                .filter(live -> live.active().ref().digest().equals(digest))
                .isPresent();
    }

    /** What the files say, as their digest; or why they cannot be read. */
    private static String state(Path policy) {
        try {
            return PolicyReader.digest(PolicyReader.files(policy));
        } catch (PolicyException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Reload reload(Path place) {
        String name = last.containsKey(place)
                ? last.get(place).policy()
                : place.toAbsolutePath().normalize().getFileName().toString();
        String digest = "";
        try {
            PolicyBundle bundle = PolicyReader.read(place, trusted);
            name = bundle.name();
            digest = bundle.digest();
            if (decides(name, digest) || rollout.tookOver(name, digest)) {
                return told(name, place, digest, Outcome.UNCHANGED, List.of());
            }
            Optional<Diagnostic> stopped = stopped(place);
            if (stopped.isPresent()) {
                return told(name, place, digest, Outcome.REFUSED, List.of(stopped.get()));
            }
            ReadyPolicy ready = ReadyPolicy.of(bundle, compiler);
            if (activates) {
                rollout.activateFiles(ready, FILES);
                return told(name, place, digest, Outcome.ACTIVATED, List.of());
            }
            ready.close();
            return told(name, place, digest, Outcome.REPORTED, List.of());
        } catch (PolicyException e) {
            List<Diagnostic> placed = e.diagnostics().stream()
                    .map(problem -> PolicyDirectory.placed(place, problem))
                    .toList();
            return told(name, place, digest, Outcome.REFUSED, placed);
        } catch (LedgerUnavailableException e) {
            return told(name, place, digest, Outcome.POSTPONED, List.of());
        } catch (InterruptedException e) { // this is closed
            Thread.currentThread().interrupt();
            return told(name, place, digest, Outcome.POSTPONED, List.of());
        }
    }

    /**
     * Why a change is not given to the compiler of this process: checking it took more than a draft may take. Whatever
     * else is wrong with it, this process may find as well as another.
     */
    private Optional<Diagnostic> stopped(Path place) throws InterruptedException {
        byte[] archive = BundleArchive.write(PolicyReader.bundle(place, trusted));
        DraftWork.Task check = new DraftWork.Task(
                List.of("policy", "check", "--policy", ARCHIVE, "--format", "json"), Map.of(ARCHIVE, archive), null);
        return Optional.ofNullable(apart.run(check, progress -> {}).stop())
                .map(stop -> PolicyDirectory.placed(
                        place,
                        Diagnostic.error(
                                "does-not-compile", "policy.yaml", 0, "checking it was stopped: " + stop.detail())));
    }

    private Reload told(String name, Path place, String digest, Outcome outcome, List<Diagnostic> diagnostics) {
        return new Reload(name, place, digest, outcome, diagnostics, clock.instant());
    }

    private void tell(Path place, Reload reload) {
        Reload before = last.put(place, reload);
        told = List.copyOf(last.values());
        boolean first = before == null && reload.outcome() == Outcome.UNCHANGED;
        boolean again =
                before != null && before.outcome() == Outcome.POSTPONED && reload.outcome() == Outcome.POSTPONED;
        if (first || again) {
            return; // what the server began with, or what was told already
        }
        meters.reloaded(reload.policy(), reload.outcome().key(), reload.isStale());
        reload.notice().ifPresent(LOG::warn);
    }

    /** What came of the last change of each policy's files. */
    public List<Reload> reloads() {
        return told;
    }

    /** What an operator has to know; empty when the files are what decides. */
    public Optional<String> notice() {
        String notices = String.join(
                "\n", told.stream().flatMap(reload -> reload.notice().stream()).toList());
        return notices.isEmpty() ? Optional.empty() : Optional.of(notices);
    }

    /** Stops looking; a change that is under way comes to its end. */
    @Override
    public void close() {
        closed = true;
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
            try {
                looking.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
