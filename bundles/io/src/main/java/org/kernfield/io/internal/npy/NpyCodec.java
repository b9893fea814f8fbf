package org.kernfield.io.internal.npy;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.format.AtomicFile;
import org.kernfield.format.Codec;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Guard;
import org.kernfield.io.internal.Segments;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * NumPy's array files, versions 1 to 3, either byte order, either index order; written as version
 * 1. An array of another rank than 2 becomes first dimension × product of the rest.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
public class NpyCodec implements Codec<Array> {
    private static final int[] MAGIC = {0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;

    @Override
    public String name() {
        return "npy";
    }

    @Override
    public Class<Array> type() {
        return Array.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("npy");
    }

    @Override
    public boolean accepts(Probe head) {
        return head.has(0, MAGIC);
    }

    @Override
    public Array read(Path file, Limits limits) throws IOException {
        return Guard.decode(
                file,
                name(),
                () -> {
                    long size = Files.size(file);
                    try (var in = Files.newInputStream(file)) {
                        return read(file, in, size, limits);
                    }
                });
    }

    private static Array read(Path file, InputStream in, long size, Limits limits)
            throws IOException {
        var start = ByteBuffer.wrap(exactly(in, 10)).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < MAGIC.length; k++) {
            if ((start.get(k) & 0xFF) != MAGIC[k]) {
                throw new IllegalArgumentException("it does not begin like one");
            }
        }
        int version = start.get(6);
        if (version < 1 || version > 3) {
            throw new IllegalArgumentException("version " + version + "; 1 to 3 are read");
        }
        long length = start.getShort(8) & 0xFFFF;
        long before = 10;
        if (version > 1) {
            length |=
                    (ByteBuffer.wrap(exactly(in, 2)).order(ByteOrder.LITTLE_ENDIAN).getShort()
                                    & 0xFFFFL)
                            << 16;
            before = 12;
        }
        if (length > size - before) {
            throw new EOFException();
        }
        limits.check(file.toString(), 4 * length);
        var header =
                NpyHeader.parse(new String(exactly(in, (int) length), StandardCharsets.ISO_8859_1));
        long bytes = header.bytes();
        if (bytes > size - before - length) {
            throw new EOFException();
        }
        if (bytes < size - before - length) {
            throw new FormatException(
                    file
                            + ": "
                            + (size - before - length)
                            + " bytes of data, its shape needs "
                            + bytes
                            + "; get a good copy");
        }
        limits.check(file.toString(), header.isFortran() ? 2 * bytes : bytes);
        Array array = Array.zeros(header.type(), header.rows(), header.width());
        Segments.read(in, array.data());
        if (header.isBigEndian()) {
            reverse(array.data(), header.type().bytes());
        }
        return header.isFortran() ? rowMajor(array, header.shape()) : array;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void reverse(MemorySegment data, int width) {
        var element = new byte[width];
        var view = MemorySegment.ofArray(element);
        for (long at = 0; at < data.byteSize(); at += width) {
            MemorySegment.copy(data, at, view, 0, width);
            for (int a = 0, b = width - 1; a < b; a++, b--) {
                byte kept = element[a];
                element[a] = element[b];
                element[b] = kept;
            }
            MemorySegment.copy(view, 0, data, at, width);
        }
    }

    /** Index (i, j, k) is at i + d0·(j + d1·k) in the file and at (i·d1 + j)·d2 + k here. */
    private static Array rowMajor(Array fortran, long[] shape) {
        int size = fortran.type().bytes();
        Array array = Array.zeros(fortran.type(), fortran.rows(), fortran.width());
        for (long from = 0; from < array.elements(); from++) {
            long rest = from;
            long to = 0;
            long stride = array.elements();
            for (long dimension : shape) {
                stride /= dimension;
                to += rest % dimension * stride;
                rest /= dimension;
            }
            MemorySegment.copy(fortran.data(), from * size, array.data(), to * size, size);
        }
        return array;
    }

    @Override
    public boolean canWrite() {
        return true;
    }

    @Override
    public void write(Array array, Path file) throws IOException {
        String header =
                "{'descr': '"
                        + (array.type() == ElementType.U8 ? '|' : '<')
                        + descr(array.type())
                        + "', 'fortran_order': False, 'shape': ("
                        + array.rows()
                        + ", "
                        + array.width()
                        + "), }";
        int padding = ALIGNMENT - (10 + header.length() + 1) % ALIGNMENT;
        var text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        AtomicFile.write(
                file,
                out -> {
                    for (int b : MAGIC) {
                        out.write(b);
                    }
                    out.write(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)});
                    out.write(text);
                    Segments.write(array.data(), out);
                });
    }

    private static String descr(ElementType type) {
        return switch (type) {
            case F32 -> "f4";
            case F64 -> "f8";
            case F16 -> "f2";
            case U8 -> "u1";
            case U16 -> "u2";
            case I32 -> "i4";
            case I64 -> "i8";
        };
    }
}
