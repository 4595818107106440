package io.regrade.app;

import io.regrade.cli.ServerLauncher;
import io.regrade.decision.Decision;
import io.regrade.intake.inventory.Fleet;
import java.nio.file.Path;
import java.util.List;

/** placeholder */
final class ServerStart implements ServerLauncher {
    ServerStart(Path home) {}

    @Override
    public Running start(Start start) {
        throw new BadConfiguration("not yet");
    }

    @Override
    public Running start(Start start, Fleet fleet, List<Decision> decisions) {
        throw new BadConfiguration("not yet");
    }
}
