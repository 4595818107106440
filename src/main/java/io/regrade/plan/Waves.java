package io.regrade.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts moves into waves. A machine comes after those that it depends on; of a group one member moves at a time, so that the
 * others carry its load; a wave has one window. The first wave tries each kind of target on the machine that shows most: not of
 * production where there is another, and of the highest risk. After it the lowest risk comes first. Used once, by one thread.
 */
final class Waves {

    private static final String PRODUCTION = "prod";

    private final PlanSettings settings;
    private final Map<String, FleetPlan.Move> moves = new LinkedHashMap<>();
    private final List<Draft> waves = new ArrayList<>();
    private final Map<String, Integer> waveOf = new HashMap<>();
    private final Set<String> visiting = new HashSet<>();
    private final Map<String, String> problems = new HashMap<>();

    /** A wave that is being filled. */
    private static final class Draft {
        private final boolean canary;
        private @Nullable String window;
        private final List<String> vms = new ArrayList<>();
        private final Set<String> groups = new HashSet<>();

        Draft(boolean canary) {
            this.canary = canary;
        }
    }

    private Waves(PlanSettings settings) {
        this.settings = settings;
    }

    /**
     * The waves of moves.
     *
     * @param problems gets a sentence for each machine whose dependencies cannot be kept
     */
    static List<Wave> of(List<FleetPlan.Move> moves, PlanSettings settings, Map<String, String> problems) {
        Waves waves = new Waves(settings);
        moves.forEach(move -> waves.moves.put(move.mover().vm().id(), move));
        waves.canaries();
        moves.stream()
                .sorted(Comparator.comparingDouble(Waves::risk)
                        .thenComparing(move -> move.mover().vm().id()))
                .forEach(move -> waves.place(move.mover().vm().id()));
        problems.putAll(waves.problems);
        List<Wave> numbered = new ArrayList<>();
        for (Draft draft : waves.waves) {
            numbered.add(new Wave(numbered.size() + 1, draft.canary, draft.window, List.copyOf(draft.vms)));
        }
        return numbered;
    }

    private static double risk(FleetPlan.Move move) {
        return move.option().projection().risk();
    }

    private void canaries() {
        if (settings.canary() == 0 || moves.size() <= 1) {
            return;
        }
        Set<String> kinds = new HashSet<>();
        Draft wave = new Draft(true);
        moves.values().stream()
                .filter(move -> depends(move).isEmpty())
                .sorted(Comparator.comparing((FleetPlan.Move move) ->
                                move.mover().vm().environment().equals(PRODUCTION))
                        .thenComparingDouble(move -> -risk(move))
                        .thenComparing(move -> move.mover().vm().id()))
                .filter(move -> kinds.add(kind(move)))
                .filter(move -> takes(wave, move))
                .limit(settings.canary())
                .forEach(move -> put(wave, 0, move));
        if (!wave.vms.isEmpty()) {
            waves.add(wave);
        }
    }

    private static String kind(FleetPlan.Move move) {
        String type = move.option().target().type();
        return type == null ? move.option().target().id() : type;
    }

    /** The machines it depends on that are moved, too. */
    private List<String> depends(FleetPlan.Move move) {
        return move.mover().after().stream()
                .map(String::strip)
                .filter(moves::containsKey)
                .toList();
    }

    private int place(String vm) {
        Integer known = waveOf.get(vm);
        if (known != null) {
            return known;
        }
        FleetPlan.Move move = Objects.requireNonNull(moves.get(vm));
        visiting.add(vm);
        int first = waves.isEmpty() || !waves.get(0).canary ? 0 : 1;
        for (String before : depends(move)) {
            if (visiting.contains(before)) {
                problems.put(vm, "`" + vm + "` is to be moved after machines that are to be moved after it");
            } else {
                first = Math.max(first, place(before) + 1);
            }
        }
        visiting.remove(vm);
        int wave = first;
        while (wave < waves.size() && !takes(waves.get(wave), move)) {
            wave++;
        }
        while (wave >= waves.size()) {
            waves.add(new Draft(false));
        }
        put(waves.get(wave), wave, move);
        return wave;
    }

    private boolean takes(Draft wave, FleetPlan.Move move) {
        String window = move.mover().window();
        String group = move.mover().vm().group();
        return (wave.canary || wave.vms.size() < settings.wave())
                && (group == null || !wave.groups.contains(group))
                && (wave.vms.isEmpty() || window == null || window.equals(wave.window));
    }

    private void put(Draft wave, int number, FleetPlan.Move move) {
        String group = move.mover().vm().group();
        if (group != null) {
            wave.groups.add(group);
        }
        if (wave.window == null) {
            wave.window = move.mover().window();
        }
        wave.vms.add(move.mover().vm().id());
        waveOf.put(move.mover().vm().id(), number);
    }
}
