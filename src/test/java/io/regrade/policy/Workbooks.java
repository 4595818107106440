package io.regrade.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** XLSX workbooks to test with, made of their parts. */
public final class Workbooks {

    private static final String HIDDEN = "<sheets><sheet name='Notes' sheetId='2' state='hidden' r:id='r2'/>";

    private Workbooks() {}

    private static String part(String name, String type) {
        return "<Override PartName='/xl/" + name + ".xml' ContentType='application/vnd.openxmlformats-officedocument"
                + ".spreadsheetml." + type + "+xml'/>";
    }

    /**
     * Writes a workbook.
     *
     * @param sheet its one sheet, called Rules, as XML; string 0 has quotes and a comma, style 1 is that of a date
     */
    public static Path write(Path file, String sheet) throws IOException {
        return write(file, sheet, "");
    }

    /**
     * Writes a workbook whose first sheet, Notes, is hidden.
     *
     * @param sheet its second sheet, called Rules, as XML
     * @param properties more of the workbook's properties, as XML
     */
    public static Path withHidden(Path file, String sheet, String properties) throws IOException {
        return write(file, sheet, properties + HIDDEN);
    }

    private static Path write(Path file, String sheet, String first) throws IOException {
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
                        + "'>" + (first.isEmpty() ? "<sheets>" : first)
                        + "<sheet name='Rules' sheetId='1' r:id='r1'/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns='" + relations + "'><Relationship Id='r1' Type='" + office
                        + "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='" + office
                        + "/worksheet' Target='worksheets/sheet2.xml'/></Relationships>",
                "xl/sharedStrings.xml",
                "<sst xmlns='" + main + "'><si><t>say \"yes\", please</t></si></sst>",
                "xl/styles.xml",
                "<styleSheet xmlns='" + main + "'><numFmts count='1'><numFmt numFmtId='164'"
                        + " formatCode='yyyy\\-mm\\-dd'/></numFmts><cellXfs count='2'><xf numFmtId='0'/>"
                        + "<xf numFmtId='164'/></cellXfs></styleSheet>",
                "xl/worksheets/sheet1.xml",
                sheet,
                "xl/worksheets/sheet2.xml",
                "<worksheet xmlns='" + main
                        + "'><sheetData><row r='1'><c r='A1'><v>0</v></c></row></sheetData></worksheet>");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(UTF_8));
            }
        }
        return file;
    }
}
