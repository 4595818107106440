package io.regrade.ledger.pack;

import java.util.List;

/**
 * A body to learn from.
 *
 * @param json canonical JSON
 * @param context what it is packed with, see {@link PackDictionary#pack}
 * @param of whom or what it tells of, such as a machine's id
 * @param untold texts that must not be learnt, however many tell them, such as a machine's owner; UTF-8, escaped as in
 *     JSON, without quotes
 */
public record Sample(byte[] json, List<byte[]> context, String of, List<byte[]> untold) {}
