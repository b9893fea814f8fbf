package org.kernfield.io.internal.gltf;

import org.kernfield.io.internal.Little;

import java.io.EOFException;
import java.io.IOException;
import java.util.Map;

/**
 * Rows of numbers in a buffer.
 *
 * @param count rows
 * @param width numbers in a row
 */
record GltfAccessor(
        GltfDocument document,
        int count,
        int width,
        int type,
        boolean isNormalised,
        long offset,
        int stride,
        long viewOffset,
        long viewBytes,
        int buffer) {
    static final int FLOAT = 5126;
    private static final int BYTE = 5120;
    private static final int UNSIGNED_BYTE = 5121;
    private static final int SHORT = 5122;
    private static final int UNSIGNED_SHORT = 5123;

    static GltfAccessor of(GltfDocument document, Map<?, ?> accessor) {
        if (accessor.containsKey("sparse") || !accessor.containsKey("bufferView")) {
            throw new IllegalArgumentException("sparse numbers, which are not read");
        }
        int type = GltfDocument.integer(accessor, "componentType", 0);
        int width =
                switch (String.valueOf(accessor.get("type"))) {
                    case "SCALAR" -> 1;
                    case "VEC2" -> 2;
                    case "VEC3" -> 3;
                    case "VEC4" -> 4;
                    case String other ->
                            throw new IllegalArgumentException("numbers of type " + other);
                };
        Map<?, ?> view =
                document.item("bufferViews", GltfDocument.integer(accessor, "bufferView", -1));
        int stride = GltfDocument.integer(view, "byteStride", width * bytes(type));
        if (stride < width * bytes(type)) {
            throw new IllegalArgumentException("rows of numbers that overlap");
        }
        return new GltfAccessor(
                document,
                GltfDocument.integer(accessor, "count", -1),
                width,
                type,
                Boolean.TRUE.equals(accessor.get("normalized")),
                GltfDocument.integer(accessor, "byteOffset", 0),
                stride,
                GltfDocument.integer(view, "byteOffset", 0),
                GltfDocument.integer(view, "byteLength", 0),
                GltfDocument.integer(view, "buffer", 0));
    }

    private static int bytes(int type) {
        return switch (type) {
            case BYTE, UNSIGNED_BYTE -> 1;
            case SHORT, UNSIGNED_SHORT -> 2;
            case FLOAT -> 4;
            default -> throw new IllegalArgumentException("numbers of component type " + type);
        };
    }

    /**
     * Refuses rows beyond the buffer, before anything is allocated for them.
     *
     * @throws EOFException if the buffer is shorter than it should be
     */
    void checkRows() throws IOException {
        long end = first() + (long) stride * (count - 1) + (long) width * bytes(type);
        long there = document.buffer(buffer).length;
        if (first() < 0 || end > there || end - viewOffset > viewBytes) {
            throw new EOFException();
        }
    }

    private long first() {
        return viewOffset + offset;
    }

    /**
     * Copies column after column: number c of row i to {@code to[i · stride + offset + c]}.
     *
     * @throws EOFException if the buffer is shorter than it should be
     */
    void copyTo(float[] to, int toStride, int toOffset) throws IOException {
        checkRows();
        byte[] bytes = document.buffer(buffer);
        for (int row = 0; row < count; row++) {
            int at = (int) (first() + (long) stride * row);
            for (int c = 0; c < width; c++) {
                to[row * toStride + toOffset + c] = number(bytes, at + c * bytes(type));
            }
        }
    }

    private float number(byte[] bytes, int at) {
        return switch (type) {
            case FLOAT -> Little.f32(bytes, at);
            case BYTE -> signed(bytes[at], 127);
            case UNSIGNED_BYTE -> Little.u8(bytes, at) / (isNormalised ? 255f : 1);
            case SHORT -> signed((short) Little.u16(bytes, at), 32767);
            default -> Little.u16(bytes, at) / (isNormalised ? 65535f : 1);
        };
    }

    private float signed(int value, float largest) {
        return isNormalised ? Math.max(-1, value / largest) : value;
    }
}
