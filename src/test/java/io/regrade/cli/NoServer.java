package io.regrade.cli;

/** For commands that start none. */
public final class NoServer implements ServerLauncher {

    @Override
    public Running start(Start start) {
        throw new IllegalStateException("no server is wanted");
    }

    @Override
    public Running start(Start start, Preload preload) {
        throw new IllegalStateException("no server is wanted");
    }

    @Override
    public LogKeyPlace logKey(Start start) {
        throw new IllegalStateException("no key is wanted");
    }
}
