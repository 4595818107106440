package io.regrade.intake.manifest.software;

import org.jspecify.annotations.Nullable;

/** References to container images, such as {@code registry.example/team/shop:1.4@sha256:…}. */
final class Images {

    private Images() {}

    /**
     * What an image is called.
     *
     * @param name the last part of its path
     * @param version its tag, null without one
     */
    record Reference(String name, @Nullable String version) {}

    /** Takes a reference apart; null when there is none. */
    static @Nullable Reference reference(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String plain = text.indexOf('@') < 0 ? text : text.substring(0, text.indexOf('@'));
        String last = plain.substring(plain.lastIndexOf('/') + 1);
        int tag = last.indexOf(':');
        String name = tag < 0 ? last : last.substring(0, tag);
        String version = tag < 0 ? null : last.substring(tag + 1);
        return name.isBlank() ? null : new Reference(name, version == null || version.isBlank() ? null : version);
    }
}
