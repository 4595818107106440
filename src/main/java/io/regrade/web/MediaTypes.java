package io.regrade.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code Accept} and {@code Content-Type} say (RFC 9110, sections 8.3 and 12.5.1). */
final class MediaTypes {

    private MediaTypes() {}

    /** The type without parameters, lower case. */
    static String essence(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Whether a text of this media type is UTF-8, said or not said. */
    static boolean isUtf8(String mediaType) {
        for (String part : mediaType.split(";")) {
            String parameter = part.strip().toLowerCase(Locale.ROOT).replace("\"", "");
            if (parameter.startsWith("charset=")) {
                String charset = parameter.substring("charset=".length());
                return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
            }
        }
        return true;
    }

    /**
     * The offered type that is preferred, the first of equals; null when none is taken.
     *
     * @param accept the header, null when there is none
     * @param offered at least one
     */
    static @Nullable String best(@Nullable String accept, List<String> offered) {
        if (accept == null || accept.isBlank()) {
            return offered.get(0);
        }
        String best = null;
        double bestQuality = 0;
        for (String type : offered) {
            double quality = quality(accept, type);
            if (quality > bestQuality) {
                best = type;
                bestQuality = quality;
            }
        }
        return best;
    }

    /** How much a type is wanted: by the most specific range that covers it. */
    private static double quality(String accept, String type) {
        int specific = -1;
        double quality = 0;
        for (String entry : accept.split(",")) {
            String range = essence(entry);
            int fits = range.equals(type)
                    ? 2
                    : range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1))
                            ? 1
                            : range.equals("*/*") ? 0 : -1;
            if (fits > specific) {
                specific = fits;
                quality = weight(entry);
            }
        }
        return quality;
    }

    private static double weight(String entry) {
        for (String part : entry.split(";")) {
            String parameter = part.strip().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
