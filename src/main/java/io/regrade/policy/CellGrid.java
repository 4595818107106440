package io.regrade.policy;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A CSV file as rows of cells, each with its place. */
final class CellGrid {

    /** One row; an empty line is a row with one empty cell. */
    record Row(int number, List<Cell> cells) {

        /** The cell of a column, from 0; an empty one at the row's end when the row is shorter. */
        Cell cell(int column) {
            if (column < cells.size()) {
                return cells.get(column);
            }
            Cell last = cells.get(cells.size() - 1);
            return new Cell("", Cell.letters(column) + number, last.line(), last.column());
        }

        int line() {
            return cells.get(0).line();
        }

        boolean isEmpty() {
            return cells.stream().allMatch(cell -> cell.text().isEmpty());
        }
    }

    private record Place(int line, int column) {}

    private CellGrid() {}

    /** The rows of a file, the empty ones too; none after it was reported that the file is no CSV. */
    static List<Row> read(String file, String text, List<Diagnostic> problems) {
        List<List<Place>> places = places(text);
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            for (CsvRecord record : reader) {
                int number = rows.size() + 1;
                List<Cell> cells = new ArrayList<>();
                for (int column = 0; column < record.getFieldCount(); column++) {
                    Place place = places.get(number - 1).get(column);
                    cells.add(new Cell(
                            record.getField(column).strip(), Cell.letters(column) + number, place.line, place.column));
                }
                rows.add(new Row(number, cells));
            }
        } catch (CsvParseException | IOException | IndexOutOfBoundsException e) {
            problems.add(Diagnostic.error(
                    "bad-table", file, rows.size() + 1, "the table is not CSV. Maybe a `\"` is not closed"));
            return List.of();
        }
        return rows;
    }

    /** Where each cell of each row begins. */
    private static List<List<Place>> places(String text) {
        List<List<Place>> rows = new ArrayList<>();
        List<Place> row = new ArrayList<>(List.of(new Place(1, 1)));
        int line = 1;
        int lineStart = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted; // two in a row, a quote within quotes, change nothing
            }
            boolean ends = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
            if (ends) {
                line++;
                lineStart = i + 1;
            }
            if (!quoted && ends) {
                rows.add(row);
                row = new ArrayList<>(List.of(new Place(line, 1)));
            } else if (!quoted && c == ',') {
                row.add(new Place(line, i + 2 - lineStart));
            }
        }
        rows.add(row);
        return rows;
    }
}
