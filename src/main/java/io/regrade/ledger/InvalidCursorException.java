package io.regrade.ledger;

/** A cursor that no list has given out. */
public final class InvalidCursorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidCursorException(String cursor) {
        super("`" + (cursor.length() > 60 ? cursor.substring(0, 60) + "…" : cursor)
                + "` is not a cursor. Maybe take `next` of the page before, or leave it out");
    }
}
