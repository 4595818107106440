package io.regrade.db;

/**
 * Where a database is.
 *
 * @param url {@code jdbc:postgresql://host:port/name}
 * @param user who connects
 * @param password never printed
 */
public record DatabaseAddress(String url, String user, String password) {

    private static final String JDBC = "jdbc:";

    /** Takes {@code postgresql://…} and {@code postgres://…} for the same. */
    public DatabaseAddress {
        url = url.startsWith("postgres://") ? "postgresql" + url.substring("postgres".length()) : url;
        url = url.startsWith(JDBC) ? url : JDBC + url;
    }

    /** The address without what may be secret in its parameters. */
    String shown() {
        int parameters = url.indexOf('?');
        return (parameters < 0 ? url : url.substring(0, parameters)).substring(JDBC.length());
    }

    @Override
    public String toString() {
        return user + " at " + shown();
    }
}
