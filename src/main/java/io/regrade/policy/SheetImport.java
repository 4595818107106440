package io.regrade.policy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/**
 * Turns a sheet of an XLSX workbook into CSV, once: what a policy consists of is text that diffs. Every row and column
 * keeps its place, so that cell C7 is cell C7 in both.
 */
public final class SheetImport {

    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_CELLS = 500_000;

    private SheetImport() {}

    /**
     * The sheet as CSV.
     *
     * @param workbook an XLSX file
     * @param sheetName the sheet; null for the first one that is not hidden
     * @throws IOException when the file cannot be read
     * @throws PolicyException when it is no workbook, has no such sheet or is too large, or names the cell
     *     that cannot be told as text
     */
    public static String csv(Path workbook, @Nullable String sheetName) throws IOException {
        if (Files.size(workbook) > MOST_BYTES) {
            throw refused(workbook, "the workbook is larger than 16 MiB");
        }
        byte[] bytes = Files.readAllBytes(workbook);
        try (InputStream in = new ByteArrayInputStream(bytes);
                ReadableWorkbook book = new ReadableWorkbook(in, new ReadingOptions(true, true))) {
            Sheet sheet = sheetName == null
                    ? shown(book)
                    : book.findSheet(sheetName)
                            .orElseThrow(() -> refused(
                                    workbook,
                                    "there is no sheet `" + sheetName + "`. Maybe one of "
                                            + book.getSheets()
                                                    .map(Sheet::getName)
                                                    .toList()));
            WorkbookParts parts = new WorkbookParts(bytes);
            refuseMergedRows(workbook, parts.mergedCells(sheet.getId()));
            return DecisionTable.csv(rows(workbook, sheet, parts.countsFrom1904()));
        } catch (ExcelReaderException | IllegalStateException | IOException e) {
            throw refused(workbook, "this is no XLSX workbook. Maybe save it as `Excel Workbook (.xlsx)`");
        }
    }

    private static PolicyException refused(Path workbook, String message) {
        return new PolicyException(List.of(Diagnostic.error("bad-table", workbook.toString(), 0, message)));
    }

    private static List<List<String>> rows(Path workbook, Sheet sheet, boolean from1904) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        int[] cells = {0};
        try (Stream<Row> read = sheet.openStream()) {
            read.forEach(row -> {
                while (rows.size() < row.getRowNum() - 1) {
                    rows.add(new ArrayList<>()); // workbooks leave empty rows out
                }
                List<String> texts = new ArrayList<>();
                for (int column = 0; column < row.getCellCount(); column++) {
                    texts.add(row.getOptionalCell(column)
                            .map(cell -> text(workbook, cell, from1904))
                            .orElse(""));
                }
                cells[0] += texts.size() + 1;
                if (cells[0] > MOST_CELLS || row.getRowNum() > MOST_CELLS) {
                    throw refused(workbook, "the sheet has more than " + MOST_CELLS + " cells");
                }
                rows.add(texts);
            });
        }
        int width = rows.stream().mapToInt(List::size).max().orElse(0);
        rows.forEach(row -> {
            while (row.size() < width) {
                row.add("");
            }
        });
        return rows;
    }

    private static String text(Path workbook, Cell cell, boolean from1904) {
        try {
            return SheetCell.text(cell, from1904);
        } catch (IllegalArgumentException e) {
            throw refused(workbook, DecisionTable.CELL + cell.getAddress() + ": " + e.getMessage());
        }
    }

    /** The first sheet that people see; a hidden one only by its name. */
    private static Sheet shown(ReadableWorkbook book) {
        return book.getSheets()
                .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                .findFirst()
                .orElseGet(book::getFirstSheet);
    }

    /** Each row of a table is a rule, and a value that several rows share would be that of the first alone. */
    private static void refuseMergedRows(Path workbook, List<String> ranges) {
        for (String range : ranges) {
            String[] ends = range.split(":", 2);
            if (ends.length == 2 && !ends[0].replaceAll("\\D", "").equals(ends[1].replaceAll("\\D", ""))) {
                throw refused(
                        workbook,
                        DecisionTable.CELL + ends[0] + ": it is merged with those down to " + ends[1]
                                + ", and only the first row would have its value. Maybe unmerge them and fill in each");
            }
        }
    }
}
