package io.regrade.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

    private static String part(String name, String type) {
        return "<Override PartName='/xl/" + name + ".xml' ContentType='application/vnd.openxmlformats-officedocument"
                + ".spreadsheetml." + type + "+xml'/>";
    }

    private Path workbook() throws IOException {
        String main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        String relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        String office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        Map<String, String> parts = Map.of(
                "_rels/.rels",
                "<Relationships xmlns='" + relations + "'><Relationship Id='r1' Type='" + office
                        + "/officeDocument' Target='xl/workbook.xml'/></Relationships>",
                "[Content_Types].xml",
                "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
                        + part("workbook", "sheet.main") + part("styles", "styles")
                        + part("sharedStrings", "sharedStrings") + "</Types>",
                "xl/workbook.xml",
                "<workbook xmlns='" + main + "' xmlns:r='" + office
                        + "'><sheets><sheet name='Rules' sheetId='1' r:id='r1'/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='" + relations + "'><Relationship Id='r1' Type='" + office
                        + "/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
                "xl/sharedStrings.xml",
                "<sst xmlns='" + main + "'><si><t>say \"yes\", please</t></si></sst>",
                "xl/styles.xml",
                "<styleSheet xmlns='" + main + "'><numFmts count='1'><numFmt numFmtId='164'"
                        + " formatCode='yyyy\\-mm\\-dd'/></numFmts><cellXfs count='2'><xf numFmtId='0'/>"
                        + "<xf numFmtId='164'/></cellXfs></styleSheet>",
                "xl/worksheets/sheet1.xml",
                SHEET);
        Path file = directory.resolve("table.xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(UTF_8));
            }
        }
        return file;
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
    void poi_isNotThere() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("org.apache.poi.ss.usermodel.Workbook"));
    }
}
