package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regrade.fact.SharedLimit;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code shared.csv} says. */
class SharedRowsTest {

    @TempDir
    Path directory = Path.of("");

    private List<SharedLimit> read(String csv) {
        FleetDirectory fleet = new FleetDirectory(directory);
        fleet.write("shared.csv", csv);
        return fleet.read().shared();
    }

    @Test
    void withoutTheFile_nothingIsShared() {
        assertThat(new FleetDirectory(directory).read().shared()).isEmpty();
    }

    @Test
    void eachKind_hasWhatItsLineSays_andTheRestIsUnknown() {
        List<SharedLimit> limits = read("""
                id,kind,family,os,owner,count,vcpu,memory_gib,usd_month,spread
                p4,pool,g5,,,12,96,,,true
                shop,budget,,,shop,,,,1200,
                win,licence,,windows,,3,,,,
                paid,commitment,m5,,,,64,,,
                """);

        assertThat(limits).extracting(SharedLimit::id).containsExactly("p4", "shop", "win", "paid");
        assertThat(limits)
                .extracting(SharedLimit::kind)
                .containsExactly(
                        SharedLimit.Kind.POOL,
                        SharedLimit.Kind.BUDGET,
                        SharedLimit.Kind.LICENCE,
                        SharedLimit.Kind.COMMITMENT);
        SharedLimit pool = limits.get(0);
        assertThat(pool.family()).isEqualTo("g5");
        assertThat(pool.count()).isEqualTo(12);
        assertThat(pool.capacity().vcpu()).isEqualTo(96);
        assertThat(pool.capacity().memoryGib()).isNaN();
        assertThat(pool.spread()).isTrue();
        assertThat(limits.get(1).usdMonth()).isEqualTo(1200);
        assertThat(limits.get(1).spread()).isFalse();
    }

    @Test
    void allMistakes_areToldAtOnce_eachWithItsLine() {
        assertThatExceptionOfType(IntakeException.class)
                .isThrownBy(() -> read("""
                        id,kind,targets,count,vcpu,usd_month
                        a,pol,,1,,
                        b,pool,no-such-target,1,,
                        c,pool,,,,
                        d,budget,,3,,
                        e,licence,,-1,,
                        f,pool,,1,,
                        f,pool,,2,,
                        """))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("shared.csv:2: `kind` is `pol`. Maybe `pool`")
                        .contains("shared.csv:3: `targets` names `no-such-target`, which is no target. Maybe")
                        .contains("shared.csv:4: a pool needs `count`, `spread` or an amount such as `vcpu`")
                        .contains("shared.csv:5: a budget needs `usd_month`")
                        .contains("shared.csv:6: `count` is `-1`, which is negative")
                        .contains("shared.csv:8: `f` is already in line 7"));
    }
}
