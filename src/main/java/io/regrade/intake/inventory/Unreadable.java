package io.regrade.intake.inventory;

import java.io.IOException;

/** A file that is not read any further, for the reason its message gives. */
final class Unreadable extends IOException {

    Unreadable(String message) {
        super(message);
    }
}
