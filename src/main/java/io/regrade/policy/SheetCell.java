package io.regrade.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/**
 * What a cell of a workbook says, as text: the value itself, whatever it is shown as. Only dates go by their format, since
 * a workbook keeps a date as the number of days since its epoch.
 */
final class SheetCell {

    /** A format's parts that are shown as they are: quoted, escaped, widths, fills, colours and languages. */
    private static final Pattern LITERAL = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]");

    private static final Pattern ERROR = Pattern.compile("#[A-Z0-9/_]+[!?]?");
    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);
    /** Day 60 of a workbook that counts from 1900 is 29 February 1900, which there was not. */
    private static final int NO_SUCH_DAY = 60;

    private SheetCell() {}

    /**
     * The cell's text.
     *
     * @param from1904 whether the workbook counts days from 1 January 1904
     * @throws IllegalArgumentException with what is wrong with the cell
     */
    static String text(Cell cell, boolean from1904) {
        Object value = cell.getValue();
        boolean formula = cell.getType() == CellType.FORMULA;
        if (cell.getType() == CellType.ERROR
                || formula
                        && value instanceof String text
                        && ERROR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "`" + cell.getRawValue() + "` is an error of the spreadsheet. Maybe mend its formula");
        }
        if (formula && cell.getRawValue() == null) {
            throw new IllegalArgumentException("the formula `" + cell.getFormula()
                    + "` has no value yet. Maybe open the workbook in a spreadsheet and save it");
        }
        if (value instanceof BigDecimal number) {
            return isDate(String.valueOf(cell.getDataFormatString())) ? date(number, from1904) : plain(number);
        }
        return value instanceof Boolean ? value.toString() : cell.getText().strip();
    }

    private static boolean isDate(String format) {
        String shown = LITERAL.matcher(format).replaceAll("").toLowerCase(Locale.ROOT);
        return !shown.equals("general")
                && !shown.equals("null")
                && shown.chars().anyMatch(c -> "ymdhs".indexOf(c) >= 0);
    }

    private static String date(BigDecimal days, boolean from1904) {
        LocalDate first = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
        if (days.intValue() <= (from1904 ? 0 : NO_SUCH_DAY)) {
            throw new IllegalArgumentException(
                    "`" + plain(days) + "` is shown as a date or a time, and is no day since "
                            + (from1904 ? "2 January 1904" : "1 March 1900") + ". Maybe write it as text");
        }
        LocalDateTime moment = first.atStartOfDay()
                .plusSeconds(
                        days.multiply(SECONDS_A_DAY).add(new BigDecimal("0.5")).longValue())
                .truncatedTo(ChronoUnit.SECONDS);
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? moment.toLocalDate().toString()
                : moment.toString();
    }

    /** A number as people write it: 0.1, which a workbook keeps as 0.10000000000000001. */
    private static String plain(BigDecimal number) {
        return BigDecimal.valueOf(number.doubleValue()).stripTrailingZeros().toPlainString();
    }
}
