package io.regrade.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of what decides. */
public final class EngineVersion {

    private static final String CURRENT = read();

    private EngineVersion() {}

    /** This program and its rule engine, such as {@code regrade/0.1.0 drools/10.2.0}. */
    public static String current() {
        return CURRENT;
    }

    /** This program's version alone, such as {@code 0.1.0}. */
    public static String regrade() {
        return CURRENT.substring(CURRENT.indexOf('/') + 1, CURRENT.indexOf(' '));
    }

    private static String read() {
        Properties versions = new Properties();
        try (InputStream in = EngineVersion.class.getResourceAsStream("/versions.properties")) {
            if (in == null) {
                throw new IllegalStateException("versions.properties is not in the program");
            }
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "regrade/" + versions.getProperty("regrade") + " drools/" + versions.getProperty("drools");
    }
}
