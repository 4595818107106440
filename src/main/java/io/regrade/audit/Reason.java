package io.regrade.audit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Why something could not be read or written, in words. */
final class Reason {

    private Reason() {}

    static String of(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing listens there";
        }
        if (e instanceof HttpTimeoutException) {
            return "there is no answer in time";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String told = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return told == null ? "input or output failed" : told;
    }
}
