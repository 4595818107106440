package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.policy.Policies;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands as people run them: what they print where, and the exit code. */
class CommandLineTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:34:56Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MACHINES = 20;

    @TempDir
    static Path shared;

    private static Path fleet;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void makeFleet() throws IOException {
        fleet = shared.resolve("fleet");
        SampleFleet.write(
                fleet, new SampleFleet.Options(3, MACHINES, 60, 3, 30, Instant.parse("2025-06-01T00:00:00Z")));
    }

    @AfterEach
    void nobodySeesTheInsides() {
        assertThat(out.toString() + err).doesNotContain("Exception", "io.regrade", "java.", "\tat ", "picocli");
    }

    private static Services services() {
        // Compiled once for all of these tests.
        DroolsCompiler compiler = CompiledOnce.compiler();
        return new Services(Path.of(""), compiler, new NoServer(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private int run(String... arguments) {
        return RegradeCommand.commandLine(services())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int decide(String... more) {
        List<String> arguments = new ArrayList<>(List.of("decide", "--fleet", fleet.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    static Stream<String> commands() {
        return names("", RegradeCommand.commandLine(services()));
    }

    private static Stream<String> names(String prefix, CommandLine command) {
        return Stream.concat(
                Stream.of(prefix.strip()),
                command.getSubcommands().entrySet().stream()
                        .flatMap(entry -> names(prefix + " " + entry.getKey(), entry.getValue())));
    }

    @Test
    void help_ofEveryCommandIsPrintedAndExitsWith0() {
        assertThat(commands())
                .contains("", "demo", "serve", "decide", "policy", "policy check")
                .allSatisfy(name -> {
                    StringWriter help = new StringWriter();
                    int code = RegradeCommand.commandLine(services())
                            .setOut(new PrintWriter(help))
                            .execute((name + " --help").strip().split(" "));
                    assertThat(code).isZero();
                    assertThat(help.toString())
                            .contains("Usage: regrade" + (name.isEmpty() ? "" : " " + name), "--help");
                });
    }

    @Test
    void version_isPrinted() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("regrade ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a command is missing. Maybe `regrade demo`",
                "decid | Unmatched argument at index 0: 'decid'",
                "decide | Missing required option: '--fleet=DIR'",
                "decide --flet x | Missing required option: '--fleet=DIR'",
                "decide --fleet x --format xml | Invalid value for option '--format'",
                "decide --fleet x --at yesterday | Invalid value for option '--at': `yesterday` is not a time. Maybe"
                        + " `2026-01-31T00:00:00Z`",
                "demo --once --vms 0 | `--vms 0` is not possible. Maybe a number from 1 to 100000",
                "demo --once --vms -3 | `--vms -3` is not possible. Maybe a number from 1 to 100000",
                "serve --port eighty | Invalid value for option '--port': 'eighty' is not an int",
            })
    void wrongUsage_exitsWith2AndSaysWhatIsWrong(String arguments, String message) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void wrongConfiguration_exitsWith100() {
        assertThat(run("serve", "--config", "nowhere.yaml")).isEqualTo(100);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualTo("1. nowhere.yaml: there is no such file\n");
    }

    @Test
    void decide_asATable() {
        assertThat(decide()).isZero();
        assertThat(err.toString()).isEmpty();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).startsWith("vm ").contains("usd_month_now", "action", "target", "reasons");
        assertThat(lines.subList(2, 2 + MACHINES)).allMatch(line -> line.contains("$"));
        assertThat(out.toString()).containsPattern(MACHINES + " machines cost \\$[\\d,.]+ a month; \\$[\\d,.]+ ");
    }

    @Test
    void decide_inEveryFormatSaysTheSame() throws IOException {
        assertThat(decide("--format", "json")).isZero();
        JsonNode decisions = JSON.readTree(out.toString()).path("decisions");
        assertThat(decisions).hasSize(MACHINES);
        clear();
        assertThat(decide("--format", "NDJSON")).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(MACHINES);
        clear();
        assertThat(decide("--format", "csv")).isZero();
        List<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(out.toString()).stream().toList();
        assertThat(rows).hasSize(MACHINES);
        for (int i = 0; i < MACHINES; i++) {
            JsonNode decision = decisions.get(i);
            assertThat(JSON.readTree(lines.get(i))).isEqualTo(decision);
            assertThat(rows.get(i).getField("vm")).isEqualTo(decision.path("vm").textValue());
            assertThat(rows.get(i).getField("action"))
                    .isEqualTo(decision.path("action").textValue());
            JsonNode saving = decision.path("saving_usd_month");
            assertThat(rows.get(i).getField("saving_usd_month"))
                    .isEqualTo(saving.isMissingNode() ? "" : String.valueOf(saving.doubleValue()));
        }
        assertThat(decisions.findValuesAsText("action")).contains("keep", "reclassify");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void decide_chosenMachinesInTheOrderAskedFor() {
        List<String> ids = ids();
        assertThat(decide("--format", "csv", "--vm", ids.get(4), "--vm", ids.get(2) + "," + ids.get(0)))
                .isZero();
        assertThat(out.toString().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactly(ids.get(4), ids.get(2), ids.get(0));
    }

    @Test
    void decide_anUnknownMachineIsSuggested() {
        String id = ids().get(0);
        assertThat(decide("--vm", id + "x")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("the fleet has no machine `" + id + "x`. Maybe `" + id + "`\n");
    }

    @Test
    void decide_explains() throws IOException {
        String id = ids().get(0);
        assertThat(decide("--vm", id, "--explain")).isZero();
        assertThat(out.toString())
                .startsWith(id)
                .contains("What was seen", "What it must have", "What should change", "What was chosen");
        clear();
        assertThat(decide("--vm", id, "--explain", "--format", "json")).isZero();
        assertThat(JSON.readTree(out.toString())
                        .path("decisions")
                        .get(0)
                        .path("trace")
                        .path("firings"))
                .isNotEmpty();
    }

    @Test
    void decide_saysWhyNotAndWhatWouldTurnIt() throws IOException {
        String id = ids().get(0);
        assertThat(decide("--vm", id, "--why-not", "nowhere", "--format", "json"))
                .isEqualTo(2);
        String message = err.toString();
        assertThat(message).startsWith("the catalogue of this decision has no target `nowhere`. Maybe `");
        String target =
                message.substring(message.indexOf("Maybe `") + 7, message.indexOf("`,", message.indexOf("Maybe")));
        clear();
        assertThat(decide("--vm", id, "--why-not", target)).isZero();
        assertThat(out.toString()).startsWith("Why not " + target + " for " + id + "?");
        clear();
        assertThat(decide("--vm", id, "--why-not", target, "--counterfactuals", "--format", "json"))
                .isZero();
        assertThat(JSON.readTree(out.toString()).path("answers")).hasSize(2);
        clear();
        assertThat(decide("--vm", id, "--counterfactuals")).isZero();
        assertThat(out.toString()).startsWith("What would turn the decision about " + id + "? It is ");
        clear();
        assertThat(decide("--vm", id, "--counterfactuals", "--format", "csv")).isEqualTo(2);
        assertThat(err.toString()).contains("Maybe `--format json`");
    }

    @Test
    void decide_isDecidedAtTheTimeAsked() throws IOException {
        String id = ids().get(0);
        assertThat(decide("--vm", id, "--format", "ndjson", "--at", "2024-01-02T03:04:05Z"))
                .isZero();
        assertThat(JSON.readTree(out.toString()).path("decided_at").textValue()).isEqualTo("2024-01-02T03:04:05Z");
        clear();
        assertThat(decide("--vm", id, "--format", "ndjson")).isZero();
        assertThat(JSON.readTree(out.toString()).path("decided_at").textValue()).isEqualTo(NOW.toString());
    }

    @Test
    void decide_aMissingFleet() {
        Path missing = directory.resolve("missing");
        assertThat(run("decide", "--fleet", missing.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(missing.toString());
    }

    @Test
    void decide_aBrokenFleetIsToldWithFileAndLineAndPrintsNothing() throws IOException {
        Path broken = directory.resolve("fleet");
        copy(fleet, broken);
        List<String> lines = new ArrayList<>(Files.readAllLines(broken.resolve("vms.csv")));
        lines.set(3, lines.get(3).replaceFirst("x86_64,\\d+", "x86_64,-4").replaceFirst("arm64,\\d+", "arm64,-4"));
        lines.add(lines.get(1));
        Files.write(broken.resolve("vms.csv"), lines);
        assertThat(run("decide", "--fleet", broken.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains(broken.resolve("vms.csv") + ":4: ", broken.resolve("vms.csv") + ":" + lines.size() + ": ");
    }

    @Test
    void decide_aBrokenPolicyIsToldWithFileAndLine() throws IOException {
        Path policy = brokenPolicy("sizing.drl", "Demand(resource == Resource.CPU, spareShare", "Demand(sparShare");
        assertThat(decide("--policy", policy.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("needs/sizing.drl:13:15: `Demand` has no `sparShare`. Maybe `spareShare`");
    }

    @Test
    void policyCheck_theStandardPolicyIsInOrder() {
        assertThat(run("policy", "check")).isZero();
        assertThat(out.toString()).isEqualTo("the policy is in order\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void policyCheck_aBrokenPolicyExitsWith1() throws IOException {
        Path policy = brokenPolicy("sizing.drl", "  @owner(\"finops\")\n", "");
        assertThat(run("policy", "check", "--policy", policy.toString())).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("7 problems\n");
        assertThat(err.toString())
                .startsWith(policy.resolve("needs/sizing.drl")
                        + ":7:1: rule `The machine has more processors than anything" + " asks for` has no `@owner`.");
    }

    @Test
    void policyCheck_asText_isTheTable() throws IOException {
        Path policy = brokenPolicy("sizing.drl", "Demand(resource == Resource.CPU, spareShare", "Demand(sparShare");
        assertThat(run("policy", "check", "--policy", policy.toString(), "--format", "text"))
                .isEqualTo(1);
        assertThat(out.toString()).isEqualTo("1 problem\n");
        assertThat(err.toString())
                .isEqualTo(policy.resolve("needs/sizing.drl")
                        + ":13:15: `Demand` has no `sparShare`. Maybe `spareShare` [unknown-field]\n");
    }

    @Test
    void policyCheck_asJsonNamesThePlace() throws IOException {
        Path policy = brokenPolicy("sizing.drl", "Demand(resource == Resource.CPU, spareShare", "Demand(sparShare");
        assertThat(run("policy", "check", "--policy", policy.toString(), "--format", "json"))
                .isEqualTo(1);
        JsonNode checked = JSON.readTree(out.toString());
        assertThat(checked.path("policy").textValue()).isEqualTo("standard");
        assertThat(checked.path("digest").textValue()).startsWith("sha256:");
        assertThat(checked.path("diagnostics")).hasSize(1);
        JsonNode problem = checked.path("diagnostics").get(0);
        assertThat(problem.path("file").textValue()).isEqualTo("needs/sizing.drl");
        assertThat(problem.path("line").intValue()).isEqualTo(13);
        assertThat(problem.path("column").intValue()).isEqualTo(15);
        assertThat(problem.path("severity").textValue()).isEqualTo("error");
        assertThat(problem.path("code").textValue()).isEqualTo("unknown-field");
        assertThat(problem.path("message").textValue()).isEqualTo("`Demand` has no `sparShare`");
        assertThat(problem.path("maybe").textValue()).isEqualTo("`spareShare`");
    }

    @Test
    void policyCheck_explainsACode() {
        assertThat(run("policy", "check", "--explain", "unknown-field")).isZero();
        assertThat(out.toString()).startsWith("# `unknown-field`: ").contains("## Mended");
        clear();
        assertThat(run("policy", "check", "--explain", "unknown-filed")).isEqualTo(2);
        assertThat(err.toString()).startsWith("`unknown-filed` is no kind of finding. Maybe `unknown-field`");
    }

    @Test
    void policyCheck_aMissingPolicyIsWrongUsage() {
        Path missing = directory.resolve("missing");
        assertThat(run("policy", "check", "--policy", missing.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith(missing + ": there is no such directory or archive. Maybe `rules/standard`\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv", "json"})
    void demo_isTheSameEachTime(String format) throws IOException {
        String[] arguments = {
            "demo", "--once", "--vms", "20", "--data", directory.resolve("one").toString(), "--format", format
        };
        assertThat(run(arguments)).isZero();
        String first = out.toString();
        byte[] usage = Files.readAllBytes(directory.resolve("one/fleet/usage.csv.gz"));
        clear();
        assertThat(run(arguments)).isZero();
        assertThat(out.toString()).isEqualTo(first).isNotEmpty();
        assertThat(Files.readAllBytes(directory.resolve("one/fleet/usage.csv.gz")))
                .isEqualTo(usage);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void demo_tellsHowToAskWhy() {
        assertThat(run("demo", "--once", "--vms", "20", "--data", directory.toString()))
                .isZero();
        String hint = out.toString()
                .lines()
                .filter(line -> line.contains("regrade decide"))
                .findFirst()
                .orElseThrow();
        clear();
        assertThat(run(hint.strip().replace("./regrade ", "").split(" "))).isZero();
        assertThat(out.toString()).contains("What was chosen");
    }

    @Test
    void demo_whereNothingCanBeWrittenIsToldWithoutInsides() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertThat(run("demo", "--once", "--data", file.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualTo("the sample fleet cannot be written to `" + file.resolve("fleet") + "`\n");
    }

    private void clear() {
        out.getBuffer().setLength(0);
    }

    private static List<String> ids() {
        try {
            return Files.readAllLines(fleet.resolve("vms.csv")).stream()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf(',')))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path brokenPolicy(String file, String right, String wrong) throws IOException {
        Path policy = directory.resolve("policy");
        copy(Policies.STANDARD, policy);
        try (Stream<Path> tree = Files.walk(policy)) {
            Path broken = tree.filter(path -> path.endsWith(file)).findFirst().orElseThrow();
            String text = Files.readString(broken);
            assertThat(text).contains(right);
            Files.writeString(broken, text.replace(right, wrong));
        }
        return policy;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** No server is needed here: it refuses every configuration. */
    private static final class NoServer implements ServerLauncher {

        @Override
        public Running start(Start start) {
            throw new BadConfiguration("1. " + start.config() + ": there is no such file");
        }

        @Override
        public Running start(Start start, Preload preload) {
            return start(start);
        }

        @Override
        public LogKeyPlace logKey(Start start) {
            throw new BadConfiguration("1. " + start.config() + ": there is no such file");
        }
    }

    @Test
    void backtest_scoresThePolicyBesideTheBaselines() throws IOException {
        Path picture = fleet.resolveSibling("saving.svg");
        assertThat(run(
                        "backtest",
                        "--fleet",
                        fleet.toString(),
                        "--train-days",
                        "2",
                        "--baselines",
                        "--rolling",
                        "--svg",
                        picture.toString(),
                        "--format",
                        "json"))
                .isEqualTo(ExitCode.DONE);

        JsonNode report = JSON.readTree(out.toString());
        assertThat(report.get("scored").intValue()).isEqualTo(MACHINES);
        assertThat(report.get("recommenders")).hasSize(10);
        assertThat(report.get("recommenders").findValuesAsText("recommender"))
                .startsWith("policy standard", "policy standard, plain classes", "stay", "AWS-style")
                .endsWith("oracle");
        assertThat(report.get("recommenders").get(2).get("saving_percent").doubleValue())
                .isZero();
        assertThat(report.get("recommenders").get(0).get("saving_percent").doubleValue())
                .isPositive();
        JsonNode rolling = report.get("rolling");
        assertThat(rolling.get("looks").intValue()).isEqualTo(1);
        assertThat(rolling.get("machines").intValue()).isEqualTo(MACHINES);
        assertThat(rolling.get("saving_percent").doubleValue()).isPositive();
        assertThat(rolling.get("moves").intValue())
                .isGreaterThanOrEqualTo(rolling.get("machines_moved").intValue());
        assertThat(Files.readString(picture))
                .startsWith("<svg")
                .endsWith("</svg>\n")
                .contains(">AWS-style, savings</text>", ">oracle</text>")
                .doesNotContain("NaN");
    }

    @Test
    void backtest_whenNothingIsLeftToScore_saysSo() {
        assertThat(run("backtest", "--fleet", fleet.toString(), "--train-days", "99"))
                .isEqualTo(ExitCode.INPUT);

        assertThat(err.toString()).contains("`--train-days 99` leaves nothing to score");
        assertThat(out.toString()).isEmpty();
    }
}
