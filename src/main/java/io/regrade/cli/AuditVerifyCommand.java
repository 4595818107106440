package io.regrade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.audit.LogSource;
import io.regrade.audit.LogVerifier;
import io.regrade.audit.ReceiptVerification;
import io.regrade.audit.ReceiptVerifier;
import io.regrade.audit.UnreadableException;
import io.regrade.audit.Verification;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade audit verify}: verifies a log or a receipt. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies a log, a receipt, or both, without the server's help.",
            "Of a log: the checkpoint's signature, every entry, every hash of every tile, the root, the form of every leaf,"
                    + " that no decision is there twice, and every rotation of the key.",
            "Without --key all of it is checked but the signature, which could then be anybody's: the answer is"
                    + " \"not verified\". Ask for the key whoever runs the log, by another way than the server you audit."
        },
        footer = {
            "",
            "Exit codes: 0 verified; 1 not verified, each defect is named; 2 wrong usage, or it cannot be read.",
            "",
            "Examples:",
            "  regrade audit verify --log http://127.0.0.1:8080/v1/audit --key VKEY",
            "  regrade audit verify --receipt ID.tlog-proof --decision ID.json --key VKEY"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--log",
            paramLabel = "URL|DIR",
            description = "The log: its address, such as http://127.0.0.1:8080/v1/audit, or an exported directory.")
    private @Nullable String log;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            description = "The log's public key, as `regrade audit key` prints it; also one from before a rotation.")
    private @Nullable String key;

    @Option(
            names = "--since",
            paramLabel = "FILE",
            description = "A checkpoint that was kept: the log must hold all it held then. Needs --log.")
    private @Nullable Path since;

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description = "A receipt. Alone it is verified offline; with --log, also that the log continues its tree.")
    private @Nullable Path receipt;

    @Option(
            names = "--decision",
            paramLabel = "FILE",
            description = "The decision's JSON with explain=full: it must be the one of the receipt. Needs --receipt.")
    private @Nullable Path decision;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; table without. csv has only the defects.")
    private Format format = Format.table;

    @Override
    public Integer call() {
        checkUsage();
        VerifierKey known = known();
        ReceiptVerification receipted = receipt == null
                ? null
                // With the log at hand, its rotations tell which key the receipt had to be signed with.
                : new ReceiptVerifier(log == null ? known : null)
                        .verify(new String(bytes(receipt), UTF_8), decision == null ? null : bytes(decision));
        Verification logged = log == null ? null : verifyLog(log, known, receipted);
        AuditReport report = new AuditReport(logged, receipted, known != null);
        report.print(format, spec.commandLine().getOut(), spec.commandLine().getErr());
        return report.verified() ? ExitCode.DONE : ExitCode.NO;
    }

    private Verification verifyLog(String place, @Nullable VerifierKey known, @Nullable ReceiptVerification receipted) {
        LogVerifier verifier = new LogVerifier(LogSource.at(place), known);
        if (since != null) {
            verifier.since(since.toString(), bytes(since));
        }
        if (receipted != null && !receipted.checkpoint().isEmpty()) {
            verifier.since("checkpoint of " + receipt, receipted.checkpoint().getBytes(UTF_8));
        }
        try (Meter meter = Meter.of("verify", " leaves", 0, 1)) {
            return verifier.verify(meter::at);
        }
    }

    private void checkUsage() {
        if (log == null && receipt == null) {
            throw new ParameterException(
                    spec.commandLine(), "nothing to verify. Maybe `--log URL` or `--receipt FILE`");
        }
        if (since != null && log == null) {
            throw new ParameterException(spec.commandLine(), "`--since` needs `--log`");
        }
        if (decision != null && receipt == null) {
            throw new ParameterException(spec.commandLine(), "`--decision` needs `--receipt`");
        }
    }

    private @Nullable VerifierKey known() {
        try {
            return key == null ? null : VerifierKey.parse(key);
        } catch (MalformedException e) {
            throw new ParameterException(spec.commandLine(), "--key: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnreadableException(
                    file + (Files.exists(file) ? ": the file cannot be read" : ": there is no such file"));
        }
    }
}
