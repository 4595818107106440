package io.regrade.fact;

import java.util.Locale;

/** What is to be done with a virtual machine. */
public enum Action {
    /** It stays as it is. */
    KEEP,
    /** It is reassigned to an existing class or machine. */
    RECLASSIFY,
    /** A new machine with the required configuration is made for it. */
    INSTANTIATE,
    /** Too little is known to advise anything. */
    INSUFFICIENT_DATA;

    /** The name used in files, requests and answers, such as {@code insufficient-data}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
