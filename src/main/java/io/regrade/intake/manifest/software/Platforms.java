package io.regrade.intake.manifest.software;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Architectures, processor levels and accelerators by the names that packages, images and libraries give them. */
public final class Platforms {

    private static final Pattern LEVEL = Pattern.compile("(?:amd64|x86_64[_-]?)v([234])");
    private static final List<String> NVIDIA = List.of(
            "libcuda",
            "libcudart",
            "libcublas",
            "libcudnn",
            "libnccl",
            "libnvidia-ml",
            "libnvrtc",
            "nvcuda",
            "cudart64");
    private static final List<String> AMD = List.of("libamdhip64", "libhsa-runtime64", "amdhip64");

    private Platforms() {}

    /**
     * The architectures that can run what was built for this one, as a requirement writes them; null when it runs
     * anywhere. Programs for 32-bit x86 run on {@code x86_64}.
     */
    public static @Nullable String arch(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("linux-")) {
            plain = plain.substring("linux-".length());
        }
        return switch (plain) {
            case "all", "any", "noarch", "" -> null;
            case "amd64", "x86_64", "x86-64", "i386", "i486", "i586", "i686", "x86", "386" -> "x86_64";
            case "arm64", "aarch64" -> "arm64|aarch64";
            default -> LEVEL.matcher(plain).matches() ? "x86_64" : plain;
        };
    }

    /** The instruction-set level that an architecture's name carries, such as {@code x86-64-v3}; null without. */
    public static @Nullable String level(String name) {
        Matcher found = LEVEL.matcher(name.strip().toLowerCase(Locale.ROOT));
        return found.matches() ? "x86-64-v" + found.group(1) : null;
    }

    /** The accelerator's software that a library belongs to, {@code cuda} or {@code rocm}; null for any other library. */
    public static @Nullable String accelerator(String library) {
        String plain = library.toLowerCase(Locale.ROOT);
        if (NVIDIA.stream().anyMatch(plain::startsWith)) {
            return "cuda";
        }
        return AMD.stream().anyMatch(plain::startsWith) ? "rocm" : null;
    }
}
