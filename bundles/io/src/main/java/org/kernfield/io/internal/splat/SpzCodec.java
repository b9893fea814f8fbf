package org.kernfield.io.internal.splat;

import org.kernfield.format.AtomicFile;
import org.kernfield.format.FormatException;
import org.kernfield.format.Limits;
import org.kernfield.format.Probe;
import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
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
 * up, back, unless an extension names others; further extensions are passed over. Two codecs: one
 * for plain files, which writes version 4, and one for those in gzip, which writes version 3.
 *
 * @see <a href="https://github.com/nianticlabs/spz">Niantic's description of the format</a>
 */
public class SpzCodec extends SplatCodec {
    private static final int FRAMED_HEADER = 32;
    private static final int BUFFER = 1 << 16;

    /** Bytes that one byte of gzip gives at most: 258 of them for two bits (RFC 1951, 3.2.5). */
    private static final int MOST_FROM_ONE = 1032;

    private final int version;

    /**
     * @param version 3 or 4, which it writes
     */
    protected SpzCodec(int version) {
        super(
                version == SpzHeader.FRAMED ? "spz" : "spz-v" + version,
                version == SpzHeader.FRAMED ? "spz" : "v" + version + ".spz");
        this.version = version;
    }

    @Override
    public boolean accepts(Probe head) {
        return version == SpzHeader.FRAMED
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
            return magic.length == 4 && Little.i32(magic, 0) == SpzHeader.MAGIC;
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
                    return decode(file, unpacked, MOST_FROM_ONE * size, limits);
                }
            }
            return decode(file, in, size, limits);
        }
    }

    /**
     * @param size bytes that {@code in} has at most
     */
    private static Splats decode(Path file, InputStream in, long size, Limits limits)
            throws IOException {
        var header = SpzHeader.read(in);
        int degree = header.layout().degree();
        count(file, header.claimed(), degree, header.bytes(), limits);
        if (header.isFramed()) {
            return framed(file, in, size, header, limits);
        }
        if (header.bytes() > size) {
            throw new EOFException();
        }
        Splats splats = unpacked(header, bytes -> Streams.exactly(in, bytes));
        Axes axes =
                header.hasExtensions()
                        ? SpzExtensions.axes(file, in.readNBytes(SpzExtensions.LONGEST))
                        : Axes.RUB;
        axes.turn(splats);
        return splats;
    }

    private static Splats framed(
            Path file, InputStream in, long size, SpzHeader header, Limits limits)
            throws IOException {
        long table = Little.u32(Streams.exactly(in, FRAMED_HEADER - SpzHeader.BYTES), 0);
        if (table < FRAMED_HEADER || table + (long) SpzFrames.ENTRY * header.frames() > size) {
            throw new EOFException();
        }
        long before = table - FRAMED_HEADER;
        byte[] records = Streams.exactly(in, Math.min(before, SpzExtensions.LONGEST));
        in.skipNBytes(before - records.length);
        Axes axes = header.hasExtensions() ? SpzExtensions.axes(file, records) : Axes.RUB;
        var frames = new SpzFrames(file, in, header.frames());
        frames.check(header, size);
        Splats splats = unpacked(header, bytes -> frames.next(bytes, limits));
        axes.turn(splats);
        return splats;
    }

    /** Passes the attributes in the order of the file. */
    @FunctionalInterface
    private interface Attributes {
        byte[] next(int bytes) throws IOException;
    }

    /** The splats in the axes of the file. */
    private static Splats unpacked(SpzHeader header, Attributes attributes) throws IOException {
        var splats = Splats.allocate((int) header.claimed(), header.layout().degree());
        for (SpzLayout.Attribute kind : SpzLayout.Attribute.values()) {
            int bytes = Math.toIntExact(header.bytes(kind));
            if (bytes > 0) {
                header.layout().unpack(kind, attributes.next(bytes), splats);
            }
        }
        return splats;
    }

    @Override
    public void write(Splats splats, Path file) throws IOException {
        checkFinite(splats, file);
        if (splats.count() == 0) {
            throw new FormatException(file + ": no splats; this format needs one at least");
        }
        if (version < SpzHeader.FRAMED && splats.degree() > 3) {
            throw new FormatException(
                    file + ": version 3 ends at degree 3; write .spz, which is version 4");
        }
        var layout =
                new SpzLayout(version, splats.degree(), SpzLayout.fractionalBits(splats, file));
        var header = new byte[version == SpzHeader.FRAMED ? FRAMED_HEADER : SpzHeader.BYTES];
        Little.i32(header, 0, SpzHeader.MAGIC);
        Little.i32(header, 4, version);
        Little.i32(header, 8, splats.count());
        header[12] = (byte) splats.degree();
        header[13] = (byte) layout.fractionalBits();
        if (version == SpzHeader.FRAMED) {
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
