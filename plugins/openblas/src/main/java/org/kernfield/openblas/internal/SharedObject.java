package org.kernfield.openblas.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file in the format of Linux's libraries, looked at before it is loaded: the loader maps one
 * that was unpacked in part without a word, and the process dies when it touches what is missing.
 *
 * <p>Source: System V ABI, Object Files, ELF-64 header.
 */
final class SharedObject {
    private static final int HEADER = 64;
    private static final int MAGIC = 0x464C457F;
    private static final int CLASS = 4;
    private static final byte CLASS_64 = 2;
    private static final int DATA = 5;
    private static final byte LITTLE_ENDIAN = 1;
    private static final int SECTIONS = 0x28;
    private static final int SECTION_SIZE = 0x3A;
    private static final int SECTION_COUNT = 0x3C;

    private SharedObject() {}

    /**
     * Refuses a file that ends before its section headers do, which come last; what is no 64-bit
     * little-endian ELF file, or cannot be read, is left to the loader.
     *
     * @throws IllegalArgumentException naming a file that is incomplete
     */
    static void requireComplete(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < end(channel)) {
                throw new IllegalArgumentException(
                        file + " is incomplete; delete it, or copy it again");
            }
        } catch (IOException e) {
            // the loader says why it cannot be read
        }
    }

    /** Bytes that a library has at least. */
    private static long end(FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && channel.read(header) >= 0) {
            // the rest of it
        }
        if (header.hasRemaining()) {
            return HEADER;
        }
        boolean isKnown =
                header.getInt(0) == MAGIC
                        && header.get(CLASS) == CLASS_64
                        && header.get(DATA) == LITTLE_ENDIAN;
        if (!isKnown) {
            return 0;
        }
        int count = Short.toUnsignedInt(header.getShort(SECTION_COUNT));
        int size = Short.toUnsignedInt(header.getShort(SECTION_SIZE));
        return header.getLong(SECTIONS) + (long) count * size;
    }
}
