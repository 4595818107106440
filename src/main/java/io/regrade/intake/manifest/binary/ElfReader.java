package io.regrade.intake.manifest.binary;

import io.regrade.fact.Attribute;
import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.software.Names;
import io.regrade.intake.manifest.software.Platforms;
import io.regrade.intake.manifest.source.Cursor;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads ELF programs and libraries (System V ABI): machine, the x86-64 level in {@code .note.gnu.property}, needed
 * libraries, the C library's release, and the interpreter, which tells the system.
 */
public final class ElfReader implements ManifestReader {

    private static final Map<Integer, String> MACHINES = Map.of(
            3, "x86_64",
            8, "mips",
            20, "ppc",
            21, "ppc64",
            22, "s390x",
            40, "arm",
            62, "x86_64",
            183, "arm64|aarch64",
            243, "riscv64",
            258, "loongarch64");

    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final int PT_NOTE = 4;
    private static final int PT_GNU_PROPERTY = 0x6474e553;

    @Override
    public Format format() {
        return Format.ELF;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.source().startsWith(0x7f, 'E', 'L', 'F');
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        ElfFile file = ElfFile.open(new Cursor(source, order(source)));
        Findings.Module module = findings.module(Names.ofFile(source.name()), null, source.at(0));
        String arch = MACHINES.get(file.machine());
        if (arch == null) {
            findings.note("it is built for the machine `" + file.machine() + "`, which is not known", source.at(18));
        } else if (file.machine() == 21 && order(source) == ByteOrder.LITTLE_ENDIAN) {
            module.equal(Attribute.ARCH, "ppc64le", source.at(18));
        } else {
            module.equal(Attribute.ARCH, arch, source.at(18));
        }
        boolean loads = false;
        for (ElfFile.Segment segment : file.segments()) {
            switch (segment.type()) {
                case PT_INTERP ->
                    interpreter(file.cursor().text(segment.offset()), segment.offset(), module, findings, source);
                case PT_NOTE, PT_GNU_PROPERTY -> {
                    int level = ElfNotes.x86Level(file, segment);
                    if (level > 1) {
                        module.equal(Attribute.ISA, "x86-64-v" + level, source.at(segment.offset()));
                    }
                }
                case PT_DYNAMIC -> {
                    if (!loads) { // there is one; a file that has more is no program
                        libraries(ElfLibraries.of(file, segment), segment.offset(), module, findings, source);
                    }
                    loads = true;
                }
                default -> {
                    // code and data say nothing of the machine
                }
            }
        }
    }

    private static ByteOrder order(Source source) {
        if (source.hasAt(5, 1)) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        if (source.hasAt(5, 2)) {
            return ByteOrder.BIG_ENDIAN;
        }
        throw new ManifestException(
                source.at(5), "the order of bytes is neither of the two there are. Maybe this is no ELF file");
    }

    private static void interpreter(
            String path, long offset, Findings.Module module, Findings findings, Source source) {
        String os = system(path);
        module.equal(Attribute.OS, os, source.at(offset));
        if (os == null) {
            findings.note("its interpreter is `" + ManifestException.shorten(path) + "`", source.at(offset));
        }
    }

    private static @Nullable String system(String interpreter) {
        if (interpreter.contains("/ld-linux") || interpreter.contains("/ld-musl") || interpreter.contains("/ld64.so")) {
            return "linux";
        }
        return interpreter.contains("/ld-elf.so") ? "freebsd" : null;
    }

    private static void libraries(
            ElfLibraries libraries, long offset, Findings.Module module, Findings findings, Source source) {
        if (!libraries.needed().isEmpty()) {
            findings.note(
                    "loads " + ManifestException.shorten(String.join(", ", libraries.needed())), source.at(offset));
        }
        for (String library : libraries.needed()) {
            String accelerator = Platforms.accelerator(library);
            if (accelerator != null) {
                module.atLeast(Resource.GPU, 1, source.at(offset));
                module.equal(Attribute.LIBRARY, accelerator, source.at(offset));
            }
        }
        if (libraries.glibc() != null) {
            module.equal(Attribute.LIBRARY, "glibc-" + libraries.glibc(), source.at(offset));
        }
    }
}
