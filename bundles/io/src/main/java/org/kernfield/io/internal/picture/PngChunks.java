package org.kernfield.io.internal.picture;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (PNG specification, section 5), checked from signature to IEND, so that
 * a file cut anywhere is noticed before a pixel is decoded.
 *
 * @param single the content of chunks that appear once, by type
 * @param data the contents of all IDAT chunks
 */
record PngChunks(Map<String, ByteBuffer> single, List<ByteBuffer> data) {
    private static final int FIRST = 8;
    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    /**
     * Splits a file that begins with the signature.
     *
     * @throws EOFException if it ends before its end chunk
     * @throws IllegalArgumentException if a critical chunk is damaged or unknown
     */
    static PngChunks of(byte[] file) throws EOFException {
        var single = new LinkedHashMap<String, ByteBuffer>();
        var data = new ArrayList<ByteBuffer>();
        var in = ByteBuffer.wrap(file);
        for (int at = FIRST; ; ) {
            if (file.length - at < 12) {
                throw new EOFException();
            }
            int length = in.getInt(at);
            if (length < 0) {
                throw new IllegalArgumentException("a chunk of impossible length");
            }
            if (length > file.length - at - 12) {
                throw new EOFException();
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            boolean isCritical = (file[at + 4] & 0x20) == 0;
            if (isCritical && !CRITICAL.contains(type)) {
                throw new IllegalArgumentException("unknown critical chunk");
            }
            if (at == FIRST && !type.equals("IHDR")) {
                throw new IllegalArgumentException("it does not begin with IHDR");
            }
            boolean isIntact = crc(file, at + 4, length + 4) == in.getInt(at + 8 + length);
            if (isCritical && !isIntact) {
                throw new IllegalArgumentException("checksum of chunk " + type + " is wrong");
            }
            if (type.equals("IEND")) {
                return new PngChunks(single, data);
            }
            ByteBuffer content = in.slice(at + 8, length);
            if (type.equals("IDAT")) {
                data.add(content);
            } else if (isIntact) {
                single.putIfAbsent(type, content);
            }
            at += 12 + length;
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /** Bytes of compressed picture data. */
    long dataBytes() {
        return data.stream().mapToLong(ByteBuffer::remaining).sum();
    }
}
