package io.regrade.intake.inventory;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One row of named fields, wherever it comes from; columns of a file and fields of a request have the same names. */
interface FieldSource {

    /** The names of all fields it has. */
    Set<String> names();

    /** A field's text without blanks around it, or null when it is empty or missing. */
    @Nullable
    String text(String name);

    /** Whether a field, that is not empty, is written as a number where that can be told. */
    boolean isNumber(String name);

    /** The entries of a list, none of them empty. */
    List<String> list(String name);

    /** Words by name; a plain word has the value {@code true}. */
    Map<String, String> map(String name);

    /** Reports something wrong with a field. */
    void problem(String name, String message);
}
