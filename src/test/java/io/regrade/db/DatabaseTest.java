package io.regrade.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private static long count(DatabaseAddress address, String sql) throws Exception {
        try (Connection connection = TestPostgres.connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void anEmptyDatabase_getsItsTables_andKeepsThemWhenOpenedAgain() throws Exception {
        DatabaseAddress address = TestPostgres.unmigrated();
        try (Database database = Database.open(address, 2)) {
            assertThat(database.problem()).isEmpty();
            try (Connection connection = database.pooled()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
        TestPostgres.execute(address, "insert into term (kind, text) values (1, 'kept')");
        Database.open(address, 1).close();
        assertThat(count(address, "select count(*) from term")).isEqualTo(1);
    }

    @Test
    void aPreviousSchema_isBroughtUp_withWhatItHolds() throws Exception {
        DatabaseAddress address = TestPostgres.unmigrated();
        Flyway.configure()
                .dataSource(address.url(), address.user(), address.password())
                .locations("classpath:db/migration")
                .target("1")
                .load()
                .migrate();
        TestPostgres.execute(address, "insert into term (kind, text) values (1, 'kept')");

        Database.open(address, 1).close();

        assertThat(count(address, "select count(*) from evaluation")).isZero();
        assertThat(count(address, "select count(*) from term")).isEqualTo(1);
    }

    @Test
    void aDirtyOrNewerSchema_isRefused() throws Exception {
        DatabaseAddress dirty = TestPostgres.freshDatabase();
        TestPostgres.execute(dirty, "update flyway_schema_history set success = false where version = '2'");
        assertThatThrownBy(() -> Database.open(dirty, 1))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("are not as this program left them");

        DatabaseAddress newer = TestPostgres.freshDatabase();
        TestPostgres.execute(
                newer,
                "insert into flyway_schema_history select 999, '999', description, type, script, checksum, installed_by,"
                        + " installed_on, execution_time, success from flyway_schema_history where version = '2'");
        assertThatThrownBy(() -> Database.open(newer, 1))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("of a newer Regrade");
    }

    @Test
    void whoIsNotLetIn_orFindsNobody_isToldSo() {
        DatabaseAddress address = TestPostgres.freshDatabase();
        assertThatThrownBy(() -> Database.open(new DatabaseAddress(address.url(), address.user(), "wrong"), 1))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("does not let `regrade` in");
        assertThatThrownBy(() -> Database.open(new DatabaseAddress("postgresql://127.0.0.1:1/x", "a", "secret"), 1))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("no database answers at postgresql://127.0.0.1:1/x")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Database.open(
                        new DatabaseAddress(address.url() + "nope", address.user(), address.password()), 1))
                .hasMessageContaining("there is no database");
        assertThat(address.toString()).doesNotContain(address.password());
    }
}
