package org.kernfield.io.internal.safetensors;

import org.kernfield.backend.ElementType;

import java.util.List;
import java.util.Map;

/**
 * One entry of a safetensors header.
 *
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last one
 */
record Tensor(String name, ElementType type, long rows, int width, long begin, long end) {
    /**
     * Reads an entry {@code {"dtype": .., "shape": [..], "data_offsets": [begin, end]}}. A shape
     * [n] is one column; of a higher rank the first dimension is kept and the rest become columns.
     *
     * @throws IllegalArgumentException naming the tensor and what is wrong
     */
    static Tensor of(String name, Object entry) {
        if (!(entry instanceof Map<?, ?> map)) {
            throw wrong(name, "is not described");
        }
        ElementType type = type(name, map.get("dtype"));
        long[] shape = numbers(name, "shape", map.get("shape"));
        long[] offsets = numbers(name, "data_offsets", map.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw wrong(name, "has unusable data_offsets");
        }
        long rows = shape.length == 0 ? 1 : shape[0];
        long width = 1;
        try {
            for (int k = 1; k < shape.length; k++) {
                width = Math.multiplyExact(width, shape[k]);
            }
            long bytes = Math.multiplyExact(Math.multiplyExact(rows, width), type.bytes());
            if (bytes != offsets[1] - offsets[0]) {
                throw wrong(
                        name,
                        "needs "
                                + bytes
                                + " bytes by its shape and has "
                                + (offsets[1] - offsets[0]));
            }
            if (width < 1) {
                throw wrong(name, "has a dimension of 0 other than the first");
            }
            return new Tensor(name, type, rows, Math.toIntExact(width), offsets[0], offsets[1]);
        } catch (ArithmeticException e) {
            throw wrong(name, "claims an impossible size");
        }
    }

    private static ElementType type(String name, Object dtype) {
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        throw wrong(name, "has type " + dtype + ", which is not read; store it as F32");
    }

    private static long[] numbers(String name, String key, Object value) {
        if (!(value instanceof List<?> list)
                || !list.stream().allMatch(v -> v instanceof Long n && n >= 0)) {
            throw wrong(name, "has no usable " + key);
        }
        return list.stream().mapToLong(v -> (Long) v).toArray();
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("tensor '" + name + "' " + what);
    }
}
