package org.kernfield.backend;

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

    /** Size of one element in bytes. */
    public int bytes() {
        return bytes;
    }
}
