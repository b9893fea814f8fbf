package org.kernfield.io.internal.splat;

import org.kernfield.io.internal.Little;
import org.kernfield.io.internal.Streams;
import org.kernfield.scene.Splats;

import java.io.IOException;
import java.io.InputStream;

/**
 * What the first bytes of SPZ say, whichever version.
 *
 * @param claimed number of splats, not yet compared with anything
 * @param hasExtensions whether records of extensions follow
 * @param frames number of them, from version 4
 */
record SpzHeader(SpzLayout layout, long claimed, boolean hasExtensions, int frames) {
    static final int MAGIC = 0x5053474E;
    static final int BYTES = 16;

    /** The version whose attributes are in frames. */
    static final int FRAMED = 4;

    private static final int HAS_EXTENSIONS = 2;

    static SpzHeader read(InputStream in) throws IOException {
        byte[] bytes = Streams.exactly(in, BYTES);
        if (Little.i32(bytes, 0) != MAGIC) {
            throw new IllegalArgumentException("it does not begin like one");
        }
        int version = Little.i32(bytes, 4);
        if (version < 1 || version > FRAMED) {
            throw new IllegalArgumentException("version " + version + "; 1 to 4 are read");
        }
        int degree = Little.u8(bytes, 12);
        if (degree > Splats.MAX_DEGREE) {
            throw new IllegalArgumentException("spherical harmonics of degree " + degree);
        }
        boolean hasExtensions = (Little.u8(bytes, 14) & HAS_EXTENSIONS) != 0;
        if (hasExtensions && version < 3) {
            throw new IllegalArgumentException("extensions in an old version");
        }
        return new SpzHeader(
                new SpzLayout(version, degree, Little.u8(bytes, 13)),
                Little.u32(bytes, 8),
                hasExtensions,
                Little.u8(bytes, 15));
    }

    boolean isFramed() {
        return layout.version() == FRAMED;
    }

    /** Bytes of an attribute of all splats. */
    long bytes(SpzLayout.Attribute kind) {
        return claimed * layout.bytes(kind);
    }

    /** Bytes of all attributes. */
    long bytes() {
        return claimed * layout.bytes();
    }
}
