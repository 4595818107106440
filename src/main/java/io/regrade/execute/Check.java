package io.regrade.execute;

/**
 * One thing that was looked at before anything is done.
 *
 * @param name what was looked at, such as {@code quota}
 * @param ok whether it may be done as far as this is concerned
 * @param detail why, in words
 */
public record Check(String name, boolean ok, String detail) {

    /** One that holds. */
    public static Check holds(String name, String detail) {
        return new Check(name, true, detail);
    }

    /** One that does not. */
    public static Check fails(String name, String detail) {
        return new Check(name, false, detail);
    }
}
