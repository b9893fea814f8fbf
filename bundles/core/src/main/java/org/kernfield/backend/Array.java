package org.kernfield.backend;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Numbers in host memory: {@code rows × width}, row-major, little-endian. The caller who opened the
 * segment's arena owns it; whoever receives an array as an argument does not modify it unless the
 * method says so.
 *
 * @param type element type
 * @param rows number of rows, 0 or more
 * @param width elements in a row, at least 1
 * @param data {@code rows · width · type.bytes()} bytes
 */
public record Array(ElementType type, long rows, int width, MemorySegment data) {
    private static final ValueLayout.OfFloat F32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble F64 =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Array {
        checkShape(rows, width);
        long bytes = Math.multiplyExact(Math.multiplyExact(rows, (long) width), type.bytes());
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException(
                    "array: "
                            + rows
                            + " × "
                            + width
                            + " "
                            + type
                            + " needs "
                            + bytes
                            + " bytes, not "
                            + data.byteSize());
        }
    }

    private static void checkShape(long rows, int width) {
        if (rows < 0 || width < 1) {
            throw new IllegalArgumentException(
                    "array: " + rows + " × " + width + "; use rows ≥ 0 and width ≥ 1");
        }
    }

    /** A new array of zeros on the Java heap, at most 2³¹ − 9 bytes. */
    public static Array zeros(ElementType type, long rows, int width) {
        checkShape(rows, width);
        long elements = Math.multiplyExact(rows, (long) width);
        long bytes = elements * type.bytes();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "array: "
                            + rows
                            + " × "
                            + width
                            + " "
                            + type
                            + " is "
                            + bytes
                            + " bytes; beyond one Java array, use a segment of your own arena");
        }
        int n = (int) elements;
        var data =
                switch (type) {
                    case F32 -> MemorySegment.ofArray(new float[n]);
                    case F64 -> MemorySegment.ofArray(new double[n]);
                    case I32 -> MemorySegment.ofArray(new int[n]);
                    case I64 -> MemorySegment.ofArray(new long[n]);
                    case F16, U16 -> MemorySegment.ofArray(new short[n]);
                    case U8 -> MemorySegment.ofArray(new byte[n]);
                };
        return new Array(type, rows, width, data);
    }

    /** A view of {@code values}, {@code values.length / width} rows. */
    public static Array of(int width, float... values) {
        return new Array(
                ElementType.F32, values.length / width, width, MemorySegment.ofArray(values));
    }

    /** A view of {@code values}, {@code values.length / width} rows. */
    public static Array of(int width, double... values) {
        return new Array(
                ElementType.F64, values.length / width, width, MemorySegment.ofArray(values));
    }

    /** Number of elements. */
    public long elements() {
        return rows * width;
    }

    /** Element {@code width · row + column}, unsigned types as non-negative numbers. */
    public double get(long index) {
        return switch (type) {
            case F32 -> data.getAtIndex(F32, index);
            case F64 -> data.getAtIndex(F64, index);
            case F16 -> Float.float16ToFloat(data.getAtIndex(I16, index));
            case U8 -> data.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
            case U16 -> data.getAtIndex(I16, index) & 0xFFFF;
            case I32 -> data.getAtIndex(I32, index);
            case I64 -> data.getAtIndex(I64, index);
        };
    }

    /** Stores an element, rounded to the nearest value of an integer type and saturated there. */
    public void set(long index, double value) {
        switch (type) {
            case F32 -> data.setAtIndex(F32, index, (float) value);
            case F64 -> data.setAtIndex(F64, index, value);
            case F16 -> data.setAtIndex(I16, index, Float.floatToFloat16((float) value));
            case U8 -> data.set(ValueLayout.JAVA_BYTE, index, (byte) saturate(value, 0xFF));
            case U16 -> data.setAtIndex(I16, index, (short) saturate(value, 0xFFFF));
            case I32 -> data.setAtIndex(I32, index, (int) Math.rint(value));
            case I64 -> data.setAtIndex(I64, index, (long) Math.rint(value));
        }
    }

    private static int saturate(double value, int max) {
        return (int) Math.max(0, Math.min(max, Math.rint(value)));
    }

    /** All elements, row-major, as a new array; at most 2³¹ − 9 of them. */
    public float[] toFloats() {
        var values = new float[Math.toIntExact(elements())];
        if (isNative(ElementType.F32)) {
            MemorySegment.copy(data, F32, 0, values, 0, values.length);
        } else if (isNative(ElementType.F64)) {
            double[] wide = toDoubles();
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) wide[k];
            }
        } else {
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) get(k);
            }
        }
        return values;
    }

    /** All elements, row-major, as a new array; at most 2³¹ − 9 of them. */
    public double[] toDoubles() {
        var values = new double[Math.toIntExact(elements())];
        if (isNative(ElementType.F64)) {
            MemorySegment.copy(data, F64, 0, values, 0, values.length);
        } else if (isNative(ElementType.F32)) {
            float[] narrow = toFloats();
            for (int k = 0; k < values.length; k++) {
                values[k] = narrow[k];
            }
        } else {
            for (int k = 0; k < values.length; k++) {
                values[k] = get(k);
            }
        }
        return values;
    }

    /** Whether elements are of that type, in the order that the machine has too. */
    private boolean isNative(ElementType wanted) {
        return type == wanted && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    /** The same values with another element type, as a new array on the heap. */
    public Array as(ElementType other) {
        // in plain loops where they are to be fast: element by element takes a branch for each type
        if (other == ElementType.F32) {
            return new Array(other, rows, width, MemorySegment.ofArray(toFloats()));
        }
        if (other == ElementType.F64) {
            return new Array(other, rows, width, MemorySegment.ofArray(toDoubles()));
        }
        var converted = zeros(other, rows, width);
        if (other == type) {
            converted.data.copyFrom(data);
        } else {
            for (long k = 0; k < elements(); k++) {
                converted.set(k, get(k));
            }
        }
        return converted;
    }
}
