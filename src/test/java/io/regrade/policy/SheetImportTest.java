package io.regrade.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workbook becomes CSV cell by cell, without the library that other programs read workbooks with. */
class SheetImportTest {

    private static final String SHEET = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="inlineStr"><is><t>RuleSet</t></is></c><c r="B1" t="s"><v>0</v></c></row>
            <row r="3"><c r="B3"><v>0.10000000000000001</v></c><c r="C3"><v>7</v></c><c r="D3" s="1"><v>45658</v></c>
            <c r="E3" t="b"><v>1</v></c></row>
            </sheetData></worksheet>
            """;

    @TempDir
    Path directory;

    private Path workbook() throws IOException {
        return Workbooks.write(directory.resolve("table.xlsx"), SHEET);
    }

    @Test
    void everyCell_keepsItsPlace() throws IOException {
        assertThat(SheetImport.csv(workbook(), null)).isEqualTo("""
                RuleSet,"say ""yes"", please",,,
                ,,,,
                ,0.1,7,2025-01-01,true
                """);
        assertThat(SheetImport.csv(workbook(), "Rules")).startsWith("RuleSet,");
    }

    @Test
    void sheetOrWorkbookThatIsNone_isToldPlainly() throws IOException {
        Path book = workbook();
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> SheetImport.csv(book, "Prices"))
                .withMessageContaining("there is no sheet `Prices`. Maybe one of [Rules]");
        Path text = Files.writeString(directory.resolve("text.xlsx"), "a,b\n");
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> SheetImport.csv(text, null))
                .withMessageContaining("this is no XLSX workbook");
    }

    private static final Path LIBRE_OFFICE = Path.of("src/test/resources/workbooks/libreoffice.xlsx");

    /** The cells of a row in a sheet whose first row is empty. */
    private Path row(String cells) throws IOException {
        return Workbooks.write(
                directory.resolve("row.xlsx"),
                SHEET.replaceAll("(?s)<row.*</row>", Matcher.quoteReplacement("<row r=\"2\">" + cells + "</row>")));
    }

    @Test
    void workbookThatLibreOfficeWrote_saysWhatItShows() throws IOException {
        assertThat(SheetImport.csv(LIBRE_OFFICE, null)).isEqualTo("""
                RuleSet,ours.require.features,,
                Import,io.regrade.fact.*,,
                ,,,
                an ISO date,2026-01-31,a date by formula,2026-02-01
                a moment,2026-01-31T08:30,a share,0.25
                true,true,true by formula,true
                a number by formula,0.3,text by formula,rhel-7
                "a quoted ""text"", with a comma","two
                lines",große Maschine,1000000000
                """);
    }

    @Test
    void formulas_haveTheValuesThatWereKept_dressedAsTheirCells() throws IOException {
        assertThat(SheetImport.csv(row("""
                                <c r="A2" s="1"><f>TODAY()</f><v>46053</v></c><c r="B2" t="b"><f>1=1</f><v>1</v></c>
                                <c r="C2"><f>1/10</f><v>0.10000000000000001</v></c>
                                <c r="D2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="E2" t="str"><f>""</f><v></v></c>
                                """), null)).isEqualTo(",,,,\n2026-01-31,true,0.1,ab,\n");
    }

    @Test
    void firstSheetThatIsNotHidden_isMeant_andDaysMayCountFrom1904() throws IOException {
        Path book = Workbooks.withHidden(directory.resolve("table.xlsx"), SHEET, "<workbookPr date1904='1'/>");
        assertThat(SheetImport.csv(book, null)).startsWith("RuleSet,").contains(",0.1,7,2029-01-02,true");
        assertThat(SheetImport.csv(book, "Notes")).isEqualTo("0\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<c r='C2' t='e'><v>#REF!</v></c>|cell C2: `#REF!` is an error of the spreadsheet. Maybe mend its formula",
                "<c r='B2' t='e'><f>1/0</f><v>#DIV/0!</v></c>|cell B2: `#DIV/0!` is an error of the spreadsheet.",
                "<c r='B2' t='e'><f>A9</f><v>#NAME?</v></c>|cell B2: `#NAME?` is an error of the spreadsheet.",
                "<c r='D2'><v>twelve</v></c>|cell D2: `twelve` is an error of the spreadsheet.",
                "<c r='A2'><f>B2+1</f></c>|cell A2: the formula `B2+1` has no value yet. Maybe open the workbook in",
                "<c r='A2' s='1'><v>0.5</v></c>|cell A2: `0.5` is shown as a date or a time, and is no day since 1 March 1900"
            })
    void cellThatCannotBeTold_isRefusedByItsName(String cell, String message) throws IOException {
        Path book = row(cell);
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> SheetImport.csv(book, null))
                .withMessageContaining(message);
    }

    @Test
    void valueThatRowsShare_isRefused_forOnlyTheFirstRuleWouldHaveIt() {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> SheetImport.csv(LIBRE_OFFICE, "Merged"))
                .withMessageContaining(
                        "cell B1: it is merged with those down to B2, and only the first row would have its"
                                + " value. Maybe unmerge them and fill in each");
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> SheetImport.csv(LIBRE_OFFICE, "Broken"))
                .withMessageContaining("cell B1: `#DIV/0!` is an error of the spreadsheet");
    }

    @Test
    void poi_isNotThere() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("org.apache.poi.ss.usermodel.Workbook"));
    }
}
