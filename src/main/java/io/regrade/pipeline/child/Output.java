package io.regrade.pipeline.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * What a process writes, read on a thread of its own up to a limit. What stands in a line {@code {"progress":…}} is handed
 * on at once; the other lines together make the answer.
 */
final class Output {

    private static final byte[] PROGRESS = "{\"progress\":".getBytes(UTF_8);
    private static final long PATIENCE_MILLIS = 5000;

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile boolean tooMuch;

    /**
     * Begins to read.
     *
     * @param tooLong called when there is more than the limit
     */
    Output(InputStream in, long most, Consumer<String> progress, Runnable tooLong) {
        thread = new Thread(() -> read(new BufferedInputStream(in), most, progress, tooLong), "regrade-draft-output");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(InputStream in, long most, Consumer<String> progress, Runnable tooLong) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long size = 0;
        try {
            for (int one = in.read(); one >= 0; one = in.read()) {
                line.write(one);
                if (++size > most) {
                    tooMuch = true;
                    tooLong.run();
                    return;
                }
                if (one == '\n') {
                    take(line.toByteArray(), progress);
                    line.reset();
                }
            }
            take(line.toByteArray(), progress);
        } catch (IOException e) {
            // the process was killed: what it wrote until then is all there is
        }
    }

    private void take(byte[] line, Consumer<String> progress) {
        if (line.length > PROGRESS.length && startsWith(line)) {
            String text = new String(line, UTF_8).strip();
            progress.accept(text.substring(PROGRESS.length, text.length() - 1));
        } else {
            synchronized (answer) {
                answer.writeBytes(line);
            }
        }
    }

    private static boolean startsWith(byte[] line) {
        for (int i = 0; i < PROGRESS.length; i++) {
            if (line[i] != PROGRESS[i]) {
                return false;
            }
        }
        return true;
    }

    /** What was written besides progress, once the process has ended. */
    String text() throws InterruptedException {
        thread.join(PATIENCE_MILLIS);
        synchronized (answer) {
            return answer.toString(UTF_8);
        }
    }

    boolean isTooMuch() {
        return tooMuch;
    }
}
