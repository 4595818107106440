package io.regrade.ledger;

import io.regrade.fact.VmFacts;

/**
 * What a manifest says of a held machine; the manifest itself is not kept. Immutable.
 *
 * @param vm the machine's id
 * @param name what the manifest is called, unique for the machine
 * @param digest the manifest's SHA-256, {@code sha256:…}
 * @param bytes how large it was
 * @param adds what it says as facts: capacity, system and features of the machine, and the modules on it
 * @param findings what was found, each with its place, as a JSON object
 */
public record HeldManifest(String vm, String name, String digest, long bytes, VmFacts adds, String findings) {

    /** The key that a manifest is held under: a machine and a name. Neither has a line end. */
    public static String key(String vm, String name) {
        return vm + "\n" + name;
    }

    /** Its key. */
    public String key() {
        return key(vm, name);
    }
}
