package org.kernfield.io.internal.splat;

import org.kernfield.format.FormatException;
import org.kernfield.io.internal.Little;

import java.nio.file.Path;
import java.util.List;

/**
 * Records that extend SPZ: a type, the number of bytes that follow, and those. Only the one that
 * names the axes is read.
 *
 * @see <a href="https://github.com/nianticlabs/spz/tree/main/extensions">Niantic's description</a>
 */
final class SpzExtensions {
    /** As many bytes of records as are looked at. */
    static final int LONGEST = 1 << 20;

    private static final int HEAD = 8;
    private static final int AXES = 0xADBE0003;

    /** By their numbers; further ones also swap two axes. */
    private static final List<String> NAMES =
            List.of("unspecified", "LDB", "RDB", "LUB", "RUB", "LDF", "RDF", "LUF", "RUF");

    private SpzExtensions() {}

    /**
     * The axes that the first record about them names; right, up, back where there is none.
     *
     * @throws FormatException for axes that mirror the scene or swap two of them
     */
    static Axes axes(Path file, byte[] records) throws FormatException {
        long at = 0;
        while (at + HEAD <= records.length) {
            int type = Little.i32(records, (int) at);
            long length = Little.u32(records, (int) at + 4);
            at += HEAD;
            if (type == AXES && length >= 4 && at + 4 <= records.length) {
                return numbered(file, Little.u32(records, (int) at));
            }
            at += length;
        }
        return Axes.RUB;
    }

    private static Axes numbered(Path file, long number) throws FormatException {
        String name = number < NAMES.size() ? NAMES.get((int) number) : "number " + number;
        return switch (name) {
            case "unspecified", "RUB" -> Axes.RUB;
            case "LDB" -> Axes.LDB;
            case "RDF" -> Axes.RDF;
            case "LUF" -> Axes.LUF;
            default ->
                    throw new FormatException(
                            file
                                    + ": its axes are "
                                    + name
                                    + ", which is not read; write it as RUB");
        };
    }
}
