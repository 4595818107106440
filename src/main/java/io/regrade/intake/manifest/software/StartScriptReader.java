package io.regrade.intake.manifest.software;

import io.regrade.fact.Resource;
import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.util.Locale;

/** Reads scripts for the heap that they give to a Java virtual machine; comments are left out. */
public final class StartScriptReader implements ManifestReader {

    @Override
    public Format format() {
        return Format.START_SCRIPT;
    }

    @Override
    public boolean recognises(Glance glance) {
        String start = glance.start().stripLeading();
        return !glance.isBinary()
                && (start.startsWith("#!") || start.toLowerCase(Locale.ROOT).startsWith("@echo off"));
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        double largest = 0;
        long place = 0;
        long line = 0;
        for (String text : source.text().value().lines().toList()) {
            line++;
            String plain = text.strip();
            double memory =
                    plain.startsWith("#") || plain.toLowerCase(Locale.ROOT).startsWith("rem ")
                            ? 0
                            : JvmOptions.memoryGib(text);
            if (memory > largest) {
                largest = memory;
                place = line;
            }
        }
        if (place > 0) {
            findings.module(Names.ofFile(source.name()), null, source.line(place))
                    .atLeast(Resource.MEMORY, largest, source.line(place));
        } else {
            findings.note("the script says nothing of what it starts", source.line(1));
        }
    }
}
