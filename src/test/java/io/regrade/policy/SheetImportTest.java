package io.regrade.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void cellWithAnError_isRefusedByItsName() throws IOException {
        Path book = Workbooks.write(
                directory.resolve("table.xlsx"),
                SHEET.replace("<c r=\"C3\">", "<c r=\"C3\" t=\"e\">").replace("<v>7</v>", "<v>#REF!</v>"));
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> SheetImport.csv(book, null))
                .withMessageContaining("cell C3: `#REF!` is an error of the spreadsheet. Maybe mend its formula");
    }

    @Test
    void poi_isNotThere() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("org.apache.poi.ss.usermodel.Workbook"));
    }
}
