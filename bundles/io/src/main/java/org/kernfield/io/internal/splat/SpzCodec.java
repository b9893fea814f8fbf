package org.kernfield.io.internal.splat;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
import org.kernfield.io.internal.zstd.ZstdDecoder;
import org.kernfield.io.internal.zstd.ZstdEncoder;
import org.kernfield.scene.Splats;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Niantic's SPZ, versions 1 to 4: attribute after attribute in bytes and fixed-point numbers, in
 * gzip up to version 3, in a Zstandard frame for each attribute from version 4. Its axes are right,
 * up, back. Two codecs: one for plain files, which writes version 4, and one for those in gzip,
 * which writes version 3. Extensions are passed over.
 *
 * @see <a href="https://github.com/nianticlabs/spz">Niantic's description of the format</a>
 */
public class SpzCodec extends SplatCodec {
    private static final int MAGIC = 0x5053474E;
    private static final int HEADER = 16;
    private static final int FRAMED_HEADER = 32;
    private static final int FRAMED = 4;
    private static final int HAS_EXTENSIONS = 2;
    private static final int BUFFER = 1 << 16;

    private final int version;

    /**
     * @param version 3 or 4, which it writes
     */
    protected SpzCodec(int version) {
        super(
                version == FRAMED ? "spz" : "spz-v" + version,
                version == FRAMED ? "spz" : "v" + version + ".spz");
        this.version = version;
    }

    @Override
    public boolean accepts(Probe head) {
        return version == FRAMED
                ? head.startsWith("NGSP")
                : isGzip(head) && (head.endsWith("spz") || inflated(head));
    }

    private static boolean isGzip(Probe head) {
        return head.has(0, 0x1F, 0x8B);
    }

    /** Whether what is packed begins as SPZ does. */
    private static boolean inflated(Probe head) {
        try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(head.head()))) {
            byte[] magic = in.readNBytes(4);
            return magic.length == 4 && Little.i32(magic, 0) == MAGIC;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    protected Splats decode(Path file, Limits limits) throws IOException {
        long size = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            in.mark(2);
            boolean isGzip = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            if (isGzip) {
                try (var unpacked = new GZIPInputStream(in, BUFFER)) {
                    return decode(file, unpacked, Long.MAX_VALUE, limits);
                }
            }
            return decode(file, in, size, limits);
        }
    }

    private static Splats decode(Path file, InputStream in, long size, Limits limits)
            throws IOException {
        byte[] header = Streams.exactly(in, HEADER);
        if (Little.i32(header, 0) != MAGIC) {
            throw new IllegalArgumentException("it does not begin like one");
        }
        int version = Little.i32(header, 4);
        if (version < 1 || version > FRAMED) {
            throw new IllegalArgumentException("version " + version + "; 1 to 4 are read");
        }
        int degree = Little.u8(header, 12);
        if (degree > Splats.MAX_DEGREE) {
            throw new IllegalArgumentException("spherical harmonics of degree " + degree);
        }
        long claimed = Little.u32(header, 8);
        var layout = new SpzLayout(version, degree, Little.u8(header, 13));
        int count = count(file, claimed, degree, claimed * layout.bytes(), limits);
        boolean hasExtensions = (Little.u8(header, 14) & HAS_EXTENSIONS) != 0;
        Attributes attributes =
                version == FRAMED
                        ? framed(file, in, size, Little.u8(header, 15), limits)
                        : hasExtensions && version < 3
                                ? refusedExtensions()
                                : (kind, bytes) -> Streams.exactly(in, bytes);
        var splats = Splats.allocate(count, degree);
        for (SpzLayout.Attribute kind : SpzLayout.Attribute.values()) {
            int bytes = Math.multiplyExact(count, layout.bytes(kind));
            if (bytes > 0) {
                layout.unpack(kind, attributes.next(kind, bytes), splats);
            }
        }
        Axes.RUB.turn(splats);
        return splats;
    }

    /** Passes the attributes in the order of the file. */
    @FunctionalInterface
    private interface Attributes {
        byte[] next(SpzLayout.Attribute kind, int bytes) throws IOException;
    }

    private static Attributes refusedExtensions() {
        throw new IllegalArgumentException("extensions in an old version");
    }

    private static Attributes framed(
            Path file, InputStream in, long size, int streams, Limits limits) throws IOException {
        byte[] rest = Streams.exactly(in, FRAMED_HEADER - HEADER);
        long table = Little.u32(rest, 0);
        if (table < FRAMED_HEADER || table + 16L * streams > size) {
            throw new EOFException();
        }
        in.skipNBytes(table - FRAMED_HEADER);
        byte[] sizes = Streams.exactly(in, 16L * streams);
        var places = new int[1];
        return (kind, bytes) -> {
            int at = 16 * places[0]++;
            if (at >= sizes.length || Little.i64(sizes, at + 8) != bytes) {
                throw new IllegalArgumentException("its table does not fit its number of splats");
            }
            long packed = Little.i64(sizes, at);
            if (packed < 0 || packed > size) {
                throw new EOFException();
            }
            limits.check(file.toString(), packed + bytes);
            return ZstdDecoder.decode(Streams.exactly(in, packed), 0, (int) packed, bytes);
        };
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        checkFinite(splats, file);
        if (splats.count() == 0) {
            throw new FormatException(file + ": no splats; this format needs one at least");
        }
        if (version < FRAMED && splats.degree() > 3) {
            throw new FormatException(
                    file + ": version 3 ends at degree 3; write .spz, which is version 4");
        }
        var layout =
                new SpzLayout(version, splats.degree(), SpzLayout.fractionalBits(splats, file));
        var header = new byte[version == FRAMED ? FRAMED_HEADER : HEADER];
        Little.i32(header, 0, MAGIC);
        Little.i32(header, 4, version);
        Little.i32(header, 8, splats.count());
        header[12] = (byte) splats.degree();
        header[13] = (byte) layout.fractionalBits();
        if (version == FRAMED) {
            writeFramed(splats, layout, header, file);
        } else {
            writePacked(splats, layout, header, file);
        }
    }

    private static void writePacked(Splats splats, SpzLayout layout, byte[] header, Path file)
            throws IOException {
        AtomicFile.write(
                file,
                out -> {
                    var packed = new GZIPOutputStream(out, BUFFER);
                    packed.write(header);
                    for (SpzLayout.Attribute kind : SpzLayout.Attribute.values()) {
                        packed.write(layout.pack(kind, splats));
                    }
                    packed.finish();
                });
    }

    private static void writeFramed(Splats splats, SpzLayout layout, byte[] header, Path file)
            throws IOException {
        int streams = splats.degree() > 0 ? 6 : 5;
        var frames = new byte[streams][];
        var sizes = new byte[16 * streams];
        for (int k = 0; k < streams; k++) {
            byte[] bytes = layout.pack(SpzLayout.Attribute.values()[k], splats);
            frames[k] = ZstdEncoder.encode(bytes);
            Little.i64(sizes, 16 * k, frames[k].length);
            Little.i64(sizes, 16 * k + 8, bytes.length);
        }
        header[15] = (byte) streams;
        Little.i32(header, 16, FRAMED_HEADER);
        AtomicFile.write(
                file,
                out -> {
                    out.write(header);
                    out.write(sizes);
                    for (byte[] frame : frames) {
                        out.write(frame);
                    }
                });
    }
}
