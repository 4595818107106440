package io.regrade.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A configuration as it is told to people: each key with its value, and no secret. */
public final class Settings {

    private static final String HIDDEN = "(hidden)";
    private static final Pattern SECRET = Pattern.compile("password|secret|token|credential");
    private static final Pattern NAMES_A_FILE = Pattern.compile(".*_(file|directory)");

    /** What goes before the host of an address, and what follows its path: both may carry secrets. */
    private static final Pattern USER = Pattern.compile("(?<=://)[^/@]*@");

    private static final Pattern QUERY = Pattern.compile("\\?.*");

    private Settings() {}

    /** The values by key, such as {@code http.port}. */
    public static Map<String, String> of(Config config) {
        Map<String, String> settings = new TreeMap<>();
        add("", config, settings);
        return Collections.unmodifiableMap(settings);
    }

    private static void add(String key, @Nullable Object value, Map<String, String> settings) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        if (SECRET.matcher(last).find() && !NAMES_A_FILE.matcher(last).matches()) {
            settings.put(key, value == null || value.toString().isEmpty() ? "" : HIDDEN);
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                String name = snake(component.getName());
                add(key.isEmpty() ? name : key + "." + name, read(component, record), settings);
            }
        } else if (value instanceof Collection<?> list && list.stream().anyMatch(Record.class::isInstance)) {
            Iterator<?> items = list.iterator();
            for (int i = 1; items.hasNext(); i++) {
                add(key + "." + i, items.next(), settings);
            }
        } else {
            settings.put(key, value == null ? "" : plain(value.toString()));
        }
    }

    private static String plain(String text) {
        return text.contains("://")
                ? QUERY.matcher(USER.matcher(text).replaceAll("")).replaceAll("")
                : text;
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            return null; // a record that is not public: nothing that people configure
        }
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
