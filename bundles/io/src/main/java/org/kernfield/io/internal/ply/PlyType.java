package org.kernfield.io.internal.ply;

import java.nio.ByteBuffer;

/** The number types of PLY, under their old and new names. */
public enum PlyType {
    INT8(1, "char", "int8"),
    UINT8(1, "uchar", "uint8"),
    INT16(2, "short", "int16"),
    UINT16(2, "ushort", "uint16"),
    INT32(4, "int", "int32"),
    UINT32(4, "uint", "uint32"),
    FLOAT32(4, "float", "float32"),
    FLOAT64(8, "double", "float64");

    private final int bytes;
    private final String oldName;
    private final String newName;

    PlyType(int bytes, String oldName, String newName) {
        this.bytes = bytes;
        this.oldName = oldName;
        this.newName = newName;
    }

    public int bytes() {
        return bytes;
    }

    static PlyType named(String name) {
        for (PlyType type : values()) {
            if (type.oldName.equals(name) || type.newName.equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown property type '" + name + "'");
    }

    /** The number at {@code at}, in the buffer's byte order. */
    double get(ByteBuffer buffer, int at) {
        return switch (this) {
            case INT8 -> buffer.get(at);
            case UINT8 -> buffer.get(at) & 0xFF;
            case INT16 -> buffer.getShort(at);
            case UINT16 -> buffer.getShort(at) & 0xFFFF;
            case INT32 -> buffer.getInt(at);
            case UINT32 -> buffer.getInt(at) & 0xFFFFFFFFL;
            case FLOAT32 -> buffer.getFloat(at);
            case FLOAT64 -> buffer.getDouble(at);
        };
    }
}
