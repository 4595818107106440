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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads programs and libraries of Windows (PE/COFF): machine, subsystem and the libraries that are imported. */
public final class PeReader implements ManifestReader {

    private static final Map<Integer, String> MACHINES =
            Map.of(0x14c, "x86_64", 0x8664, "x86_64", 0xaa64, "arm64|aarch64", 0x1c4, "arm");
    /** Programs that firmware starts need no Windows. */
    private static final Set<Integer> FIRMWARE = Set.of(10, 11, 12, 13);

    private static final int PE32_PLUS = 0x20b;
    private static final int MAX_IMPORTS = 2000;
    private static final int MAX_SECTIONS = 256;

    @Override
    public Format format() {
        return Format.PE;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.source().startsWith('M', 'Z');
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        Cursor cursor = new Cursor(source, ByteOrder.LITTLE_ENDIAN);
        long header = cursor.u32(0x3c);
        if (cursor.u32(header) != 0x4550) {
            throw cursor.refused(header, "here should be the header of a Windows program. Maybe this is one for DOS");
        }
        int machine = cursor.u16(header + 4);
        int sections = cursor.u16(header + 6);
        int optionalSize = cursor.u16(header + 20);
        long optional = header + 24;
        boolean wide = cursor.u16(optional) == PE32_PLUS;
        Findings.Module module = findings.module(Names.ofFile(source.name()), null, source.at(header));
        String arch = MACHINES.get(machine);
        if (arch == null) {
            findings.note(
                    "it is built for the machine `0x" + Integer.toHexString(machine) + "`, which is not known",
                    source.at(header + 4));
        }
        module.equal(Attribute.ARCH, arch, source.at(header + 4));
        if (!FIRMWARE.contains(cursor.u16(optional + 68))) {
            module.equal(Attribute.OS, "windows", source.at(optional + 68));
        }
        if (sections > MAX_SECTIONS) {
            throw cursor.refused(
                    header + 6, "there are " + sections + " sections; " + MAX_SECTIONS + " are read at most");
        }
        long directories = optional + (wide ? 112 : 96);
        long count = cursor.u32(directories - 4);
        if (count > 1) {
            long imports = offset(cursor, optional + optionalSize, sections, cursor.u32(directories + 8));
            imports(cursor, optional + optionalSize, sections, imports, module, findings, source);
        }
    }

    private static void imports(
            Cursor cursor,
            long table,
            int sections,
            long imports,
            Findings.Module module,
            Findings findings,
            Source source) {
        if (imports < 0) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < MAX_IMPORTS; i++) {
            long entry = imports + i * 20L;
            long name = cursor.u32(entry + 12);
            if (name == 0) {
                break;
            }
            long at = offset(cursor, table, sections, name);
            if (at >= 0) {
                names.add(cursor.text(at));
            }
        }
        for (String name : names) {
            String accelerator = Platforms.accelerator(name);
            if (accelerator != null) {
                module.atLeast(Resource.GPU, 1, source.at(imports));
                module.equal(Attribute.LIBRARY, accelerator, source.at(imports));
            }
        }
        if (!names.isEmpty()) {
            findings.note("loads " + ManifestException.shorten(String.join(", ", names)), source.at(imports));
        }
    }

    /** Where an address lies in the file; -1 when it is 0 or in no section. */
    private static long offset(Cursor cursor, long table, int sections, long address) {
        for (int i = 0; i < sections && address != 0; i++) {
            long section = table + i * 40L;
            long from = cursor.u32(section + 12);
            long size = Math.max(cursor.u32(section + 8), cursor.u32(section + 16));
            if (address >= from && address < from + size) {
                return cursor.u32(section + 20) + (address - from);
            }
        }
        return -1;
    }
}
