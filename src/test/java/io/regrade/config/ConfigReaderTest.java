package io.regrade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {

    @Test
    void parse_ofNothing_givesTheDefaults() {
        Config config = ConfigReader.parse("regrade.yaml", "", Map.of());

        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.http().maxBodyBytes()).isEqualTo(16L << 20);
        assertThat(config.http().workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.http().queue()).isEqualTo(256);
        assertThat(config.http().maxPendingBytes()).isEqualTo(256L << 20);
        assertThat(config.http().drainSeconds()).isEqualTo(20);
        assertThat(config.policies().directory()).isEqualTo(Path.of("rules"));
        assertThat(config.policies().byDefault()).isEqualTo("standard");
        assertThat(config.data().directory()).isEqualTo(Path.of("data"));
        assertThat(config.database().isEmbedded()).isTrue();
        assertThat(config.audit()).isEqualTo(new AuditConfig("regrade.local/log", null));
        assertThat(config.recommendations().expiry()).isEqualTo(Duration.ofDays(30));
        assertThat(Config.defaults()).isEqualTo(config);
    }

    @Test
    void read_ofTheShippedFile_isTheDefaults() {
        assertThat(ConfigReader.read(Path.of("config/regrade.yaml"), Map.of())).isEqualTo(Config.defaults());
    }

    @Test
    void parse_ofEveryKey_takesEachOver() {
        Config config = ConfigReader.parse("regrade.yaml", """
                http: {host: 0.0.0.0, port: 0, max_body_mib: 2, workers: 3, queue: 4, max_pending_mib: 5, drain_seconds: 6}
                policies:
                  directory: my/rules
                  default: careful
                  kept: 5
                  watch: true
                  on_change: report
                  shadow_queue: 7
                  shadow_busy_percent: 8
                  choose:
                    - {tag: env=prod, owner: payments, policy: careful}
                    - owner: research
                      policy: bold
                data: {directory: /var/lib/regrade}
                database: {url: 'postgresql://db:5432/regrade?ssl=true', user: me, password_file: secret, pool: 3}
                audit: {origin: example.com/log, key_file: my.key}
                recommendations: {expire_days: 7}
                """, Map.of());

        assertThat(config.http()).isEqualTo(new HttpConfig("0.0.0.0", 0, 2, 3, 4, 5, 6));
        assertThat(config.policies())
                .isEqualTo(new PoliciesConfig(
                        Path.of("my/rules"),
                        "careful",
                        5,
                        true,
                        PoliciesConfig.OnChange.REPORT,
                        7,
                        8,
                        List.of(
                                new PoliciesConfig.Choose("env", "prod", "payments", "careful", "regrade.yaml:11: "),
                                new PoliciesConfig.Choose(null, null, "research", "bold", "regrade.yaml:13: ")),
                        1,
                        List.of()));
        assertThat(config.data().directory()).isEqualTo(Path.of("/var/lib/regrade"));
        assertThat(config.database())
                .isEqualTo(new DatabaseConfig("postgresql://db:5432/regrade?ssl=true", "me", "", Path.of("secret"), 3));
        assertThat(config.audit()).isEqualTo(new AuditConfig("example.com/log", Path.of("my.key")));
        assertThat(config.recommendations()).isEqualTo(new Config.RecommendationsConfig(7));
    }

    @Test
    void parse_environment_goesBeforeTheFile() {
        Config config = ConfigReader.parse(
                "regrade.yaml",
                "http:\n  host: 10.0.0.1\n  port: 1\n",
                Map.of("REGRADE_HTTP_PORT", "9090", "REGRADE_HTTP_HOST", "0.0.0.0", "PATH", "/bin"));

        assertThat(config.http().host()).isEqualTo("0.0.0.0");
        assertThat(config.http().port()).isEqualTo(9090);
    }

    @Test
    void parse_ofManyMistakes_reportsAllNumberedWithFileAndLine() {
        String text = """
                http:
                  prot: 8080
                  port: 80800
                  queue: many
                policy:
                  directory: rules
                data:
                  directory: ""
                """;
        assertThatThrownBy(() -> ConfigReader.parse("regrade.yaml", text, Map.of("REGRADE_HTTP_WORKER", "2")))
                .isInstanceOfSatisfying(ConfigException.class, e -> {
                    assertThat(e.problems())
                            .containsExactlyInAnyOrder(
                                    "regrade.yaml:5: `policy` is not known. Maybe one of `http`, `policies`,"
                                            + " `data`, `database`, `audit`, `recommendations`, `retention`, `drafts`, `budget`, `notifications`, `telemetry`, `executors`",
                                    "regrade.yaml:3: `port` is `80800`, a whole number from 0 to 65535 is expected."
                                            + " Maybe `8080`",
                                    "regrade.yaml:4: `queue` is `many`, a whole number from 1 to 1000000 is expected."
                                            + " Maybe `256`",
                                    "regrade.yaml:8: `directory` has no value. Maybe `data`",
                                    "regrade.yaml:2: `prot` of `http` is not known. Maybe `port`",
                                    "REGRADE_HTTP_WORKER: the variable is not known. Maybe `REGRADE_HTTP_WORKERS`");
                    assertThat(e.getMessage()).startsWith("1. regrade.yaml:").contains("\n6. ");
                });
    }

    @Test
    void parse_ofBodyLargerThanAllThatMayWait_saysSo() {
        assertThatThrownBy(() -> ConfigReader.parse(
                        "regrade.yaml", "http:\n  max_body_mib: 300\n  max_pending_mib: 200\n", Map.of()))
                .hasMessage("1. regrade.yaml:3: `max_pending_mib` is less than `max_body_mib`, 300: the largest body"
                        + " would never be taken. Maybe `300`");
    }

    @Test
    void parse_ofBrokenYaml_namesTheLine() {
        assertThatThrownBy(() -> ConfigReader.parse("regrade.yaml", "http:\n  port: [1\n", Map.of()))
                .hasMessageStartingWith("1. regrade.yaml:3: this is not YAML: ");
        assertThatThrownBy(() -> ConfigReader.parse("regrade.yaml", "http:\n  port: 1\n  port: 2\n", Map.of()))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems()).isEqualTo(List.of("regrade.yaml:3: `port` is there twice")));
    }

    @Test
    void read_ofAMissingFile_saysSo() {
        assertThatThrownBy(() -> ConfigReader.read(Path.of("nowhere.yaml"), Map.of()))
                .hasMessage("1. nowhere.yaml: the file cannot be read. Maybe `--config config/regrade.yaml`");
    }

    @Test
    void parse_ofARuleOfChoice_thatIsNone_saysWhereAndWhy() {
        assertThatThrownBy(() -> ConfigReader.parse("regrade.yaml", """
                policies:
                  watch: yes please
                  on_change: activat
                  kept: [3]
                  choose:
                    - tag: prod
                      policy: careful
                    - owner: payments
                    - policy: careful
                    - tag: env=prod
                      polisy: careful
                """, Map.of()))
                .hasMessageContaining("regrade.yaml:2: `watch` is `yes please`, one of `true`, `false` is expected.")
                .hasMessageContaining(
                        "regrade.yaml:3: `on_change` is `activat`, one of `activate`, `report` is expected."
                                + " Maybe `activate`")
                .hasMessageContaining("regrade.yaml:4: `kept` of `policies` is a list. Maybe one value")
                .hasMessageContaining("regrade.yaml:6: `prod` is no tag with its value. Maybe `env=prod`")
                .hasMessageContaining("regrade.yaml:8: it names no policy. Maybe `policy: standard`")
                .hasMessageContaining(
                        "regrade.yaml:9: it says no machines. Maybe `tag: env=prod`, or `owner: payments`")
                .hasMessageContaining("regrade.yaml:11: `polisy` of `policies.choose[4]` is not known. Maybe `policy`");
        assertThatThrownBy(() -> ConfigReader.parse("regrade.yaml", "policies: {choose: all}", Map.of()))
                .hasMessageContaining(
                        "regrade.yaml:1: `choose` of `policies` is no list. Maybe lines that begin with `-`");
    }
}
