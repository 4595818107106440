package io.regrade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls themselves, by example: also for rooms in which nobody lives yet. */
class RoomsTest {

    @ParameterizedTest(name = "{0} imports {1}: {2}")
    @CsvSource({
        "decision, fact, true",
        "fact, decision, false",
        "metrics, fact, true",
        "metrics, db, false",
        "catalog, metrics, true",
        "catalog, policy, false",
        "intake.inventory, intake, true",
        "intake.inventory, intake.manifest, false",
        "intake, intake.inventory, false",
        "engine, catalog, true",
        "engine, ledger, false",
        "engine, engine.drools, false",
        "engine.drools, engine, true",
        "engine.drools.gate, engine.drools, true",
        "simulate, engine, false",
        "pipeline, engine, true",
        "pipeline, engine.drools, false",
        "pipeline, ledger.memory, false",
        "pipeline, web, false",
        "web.console, web, true",
        "web, policytest, false",
        "cli, web, true",
        "cli, ledger.pg, false",
        "app, ledger.pg, true",
        "cli, app, false",
        "nowhere, fact, false",
        "web, nowhere, false",
    })
    void mayImport_followsTheLayers(String from, String to, boolean allowed) {
        assertThat(Rooms.mayImport("io.regrade." + from, "io.regrade." + to)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "io.regrade.engine.drools.gate, engine.drools",
        "io.regrade.enginery, ''",
        "io.regrade, ''",
    })
    void of_findsTheRoomOfAPackage(String packageName, String room) {
        assertThat(Rooms.of(packageName).map(Rooms.Room::name).orElse("")).isEqualTo(room);
    }
}
