package io.regrade.cli;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, shown only on a terminal. Thread-safe. */
final class Meter implements AutoCloseable {

    private final @Nullable ProgressBar bar;

    private Meter(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Meter of(String task, String unit, long total, long unitSize) {
        if (System.console() == null || "dumb".equals(System.getenv("TERM"))) {
            return new Meter(null);
        }
        return new Meter(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unit.toLowerCase(Locale.ROOT), unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish()
                .setUpdateIntervalMillis(100)
                .build());
    }

    void at(long done, long total) {
        if (bar != null) {
            bar.maxHint(total);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
