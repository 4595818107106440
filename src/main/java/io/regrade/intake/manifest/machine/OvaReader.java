package io.regrade.intake.manifest.machine;

import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;
import io.regrade.intake.manifest.source.Archives;
import io.regrade.intake.manifest.source.Glance;
import io.regrade.intake.manifest.source.ManifestReader;
import io.regrade.intake.manifest.source.Source;
import java.util.Locale;

/** Reads the descriptor in an OVA, a tar archive; its disks are passed over. */
public final class OvaReader implements ManifestReader {

    private final OvfReader ovf = new OvfReader();

    @Override
    public Format format() {
        return Format.OVA;
    }

    @Override
    public boolean recognises(Glance glance) {
        return glance.source().hasAt(257, 'u', 's', 't', 'a', 'r');
    }

    @Override
    public void read(Source source, Findings findings, Within within) {
        boolean[] found = {false};
        Archives.tar(source, source.open(), entry -> {
            if (!entry.name().toLowerCase(Locale.ROOT).endsWith(".ovf")) {
                return true;
            }
            found[0] = true; // the first counts: the standard allows one
            ovf.read(entry.within(source.limits().maxTextBytes()), findings, within);
            return false;
        });
        if (!found[0]) {
            throw source.refused("the archive has no OVF descriptor. Maybe name a file of it");
        }
    }
}
