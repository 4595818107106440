package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.policy.Workbooks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy import} as people run it: the file it writes, what it prints, and the exit code. */
class PolicyImportCommandTest {

    private static final String SHEET = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="inlineStr"><is><t>RuleSet</t></is></c><c r="B1"><v>7</v></c></row>
            </sheetData></worksheet>
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path workbook;
    private Path table;

    @BeforeEach
    void write() throws IOException {
        workbook = Workbooks.write(directory.resolve("table.xlsx"), SHEET);
        table = directory.resolve("table.drl.csv");
    }

    private int run(String... more) {
        String[] arguments = new String[more.length + 5];
        String[] first = {"policy", "import", workbook.toString(), "--to", table.toString()};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return RegradeCommand.commandLine(
                        new Services(Path.of(""), new DroolsCompiler(), new NoServer(), Clock.systemUTC()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void sheet_becomesAFile_thatIsReplacedOnlyWhenAsked() throws IOException {
        assertThat(run()).isZero();
        assertThat(Files.readString(table)).isEqualTo("RuleSet,7\n");
        assertThat(out.toString()).startsWith(table + ": 1 rows. Check them with `regrade policy check`");
        assertThat(err.toString()).isEmpty();
        Files.writeString(table, "mine\n");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).startsWith("`" + table + "` is there already. Maybe add `--replace`");
        assertThat(Files.readString(table)).isEqualTo("mine\n");
        assertThat(run("--replace", "--sheet", "Rules")).isZero();
        assertThat(Files.readString(table)).isEqualTo("RuleSet,7\n");
    }

    @Test
    void sheetWithAnError_isToldWithItsCell_andNothingIsWritten() throws IOException {
        Workbooks.write(workbook, SHEET.replace("<c r=\"B1\"><v>7", "<c r=\"B1\" t=\"e\"><v>#REF!"));
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("table.xlsx", "cell B1: `#REF!` is an error of the spreadsheet");
        assertThat(out.toString()).isEmpty();
        assertThat(table).doesNotExist();
    }

    @Test
    void whatIsNoWorkbookOrHasNoSuchSheet_exitsWith2() throws IOException {
        assertThat(run("--sheet", "Prices")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no sheet `Prices`. Maybe one of [Rules]");
        Files.delete(workbook);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("`" + workbook + "`: there is no such file");
        assertThat(table).doesNotExist();
    }
}
