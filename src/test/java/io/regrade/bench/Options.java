package io.regrade.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to run.
 *
 * @param write whether the report is written into {@code docs/performance.md}
 * @param rounds how many times all ways take turns
 * @param ways the ways, by name
 * @param targets the sizes of the catalogue
 * @param warmUpSeconds how long each is run before it is measured
 * @param seconds how long each is measured in a round
 * @param fleets the sizes of fleets, none to leave them out
 * @param fleet the fleet directory of the whole process
 * @param processes how many whole processes of each kind, 0 to leave them out
 * @param profileSeconds how long the engine is profiled, 0 to leave it out
 * @param forks whether each measurement has a process of its own
 */
record Options(
        boolean write,
        int rounds,
        List<String> ways,
        List<String> targets,
        int warmUpSeconds,
        int seconds,
        List<String> fleets,
        Path fleet,
        int processes,
        int profileSeconds,
        boolean forks) {

    private static final String USAGE = "Options: --write --rounds=N --ways=ENGINE,HAND --targets=200,2000"
            + " --warm-up=SECONDS --seconds=SECONDS --fleets=1000,10000 --fleet=DIR --processes=N --profile=SECONDS";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with what can be given, when something else is
     */
    static Options parse(String[] arguments) {
        List<String> given = new ArrayList<>(List.of(arguments));
        boolean write = given.remove("--write");
        Options options = new Options(
                write,
                number(given, "rounds", 3),
                list(given, "ways", "ENGINE,UNTRACED,HAND,EVRETE,PLAIN"),
                list(given, "targets", "200,2000,20000"),
                number(given, "warm-up", 20),
                number(given, "seconds", 10),
                list(given, "fleets", "1000,10000"),
                Path.of(value(given, "fleet", "../shared/data/fleets/bitbrains-faststorage")),
                number(given, "processes", 5),
                number(given, "profile", 30),
                true);
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + String.join(" ", given) + ". " + USAGE);
        }
        return options;
    }

    private static int number(List<String> given, String name, int otherwise) {
        return Integer.parseInt(value(given, name, Integer.toString(otherwise)));
    }

    private static List<String> list(List<String> given, String name, String otherwise) {
        String value = value(given, name, otherwise);
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    private static String value(List<String> given, String name, String otherwise) {
        String prefix = "--" + name + "=";
        for (String one : given) {
            if (one.startsWith(prefix)) {
                given.remove(one);
                return one.substring(prefix.length());
            }
        }
        return otherwise;
    }
}
