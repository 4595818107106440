package io.regrade.policy.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * Gzip (RFC 1952) of stored blocks (RFC 1951, section 3.2.4): what a compressor makes of equal bytes depends on its version,
 * this does not. A policy is small enough to go uncompressed.
 */
final class StoredGzip {

    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int BLOCK = 0xffff;
    private static final int BLOCK_HEAD = 5;
    private static final int TAIL = 8;

    private StoredGzip() {}

    static byte[] of(byte[] plain) {
        int blocks = Math.max(1, (plain.length + BLOCK - 1) / BLOCK);
        ByteBuffer out = ByteBuffer.allocate(HEAD.length + blocks * BLOCK_HEAD + plain.length + TAIL)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(HEAD);
        for (int block = 0; block < blocks; block++) {
            int from = block * BLOCK;
            int length = Math.min(BLOCK, plain.length - from);
            out.put((byte) (block == blocks - 1 ? 1 : 0));
            out.putShort((short) length).putShort((short) ~length).put(plain, from, length);
        }
        CRC32 crc = new CRC32();
        crc.update(plain);
        return out.putInt((int) crc.getValue()).putInt(plain.length).array();
    }
}
