package io.regrade.policy;

/**
 * A cell of a table, with the place that editors go to and the name that spreadsheet programs show.
 *
 * @param text what stands in it, without blanks around it
 * @param name its name in a spreadsheet, such as {@code C7}: the column's letter and the row's number
 * @param line its line in the file, from 1; not the row's number where a cell above has several lines
 * @param column where it begins in its line, from 1
 */
public record Cell(String text, String name, int line, int column) {

    private static final int LETTERS = 26;

    /** The letters of a column, from 0: {@code A} to {@code Z}, then {@code AA}. */
    static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int left = column + 1; left > 0; left = (left - 1) / LETTERS) {
            letters.insert(0, (char) ('A' + (left - 1) % LETTERS));
        }
        return letters.toString();
    }
}
