package org.kernfield.backend;

import org.kernfield.kernel.Precision;

/** How a number is stored; little-endian. Arithmetic is done in {@link #F32} or {@link #F64}. */
public enum ElementType {
    F32(4),
    F64(8),
    /** IEEE 754 binary16. */
    F16(2),
    U8(1),
    U16(2),
    I32(4),
    I64(8);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** The type of buffers bound to a kernel of that precision. */
    public static ElementType of(Precision precision) {
        return switch (precision) {
            case F32 -> F32;
            case F64 -> F64;
        };
    }

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }
}
