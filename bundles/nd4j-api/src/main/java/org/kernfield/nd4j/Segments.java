package org.kernfield.nd4j;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * INDArrays over memory that is not ND4J's, and the other way round, without copying a number.
 * Whoever owned the memory still does: who views an array keeps it as long as the INDArray is used.
 */
@SuppressWarnings("restricted")
public final class Segments {
    private Segments() {}

    /**
     * An INDArray of order 'c' over an array outside the Java heap.
     *
     * @return {@code rows × width}; writing to it writes to the array
     * @throws IllegalArgumentException for an array on the heap, without rows or of another type
     *     than F32 and F64
     */
    public static INDArray view(Array array) {
        if (array.rows() == 0) {
            throw new IllegalArgumentException(
                    "array: 0 × " + array.width() + "; ND4J has no views of nothing");
        }
        return view(array.data(), array.type(), array.rows(), array.width());
    }

    /**
     * An INDArray of order 'c' over the first elements of a segment outside the Java heap, which is
     * not checked to be large enough beyond its end.
     *
     * @throws IllegalArgumentException as {@link #view(Array)}
     */
    public static INDArray view(MemorySegment segment, ElementType type, long rows, long columns) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "array: it is on the Java heap; allocate it in an arena, or copy it");
        }
        long count = rows * columns;
        if (segment.byteSize() < count * type.bytes()) {
            throw new IllegalArgumentException(
                    "segment: %d bytes; %d × %d %s needs %d"
                            .formatted(
                                    segment.byteSize(), rows, columns, type, count * type.bytes()));
        }
        Pointer pointer =
                switch (type) {
                    case F32 -> new Floats(segment.address(), count);
                    case F64 -> new Doubles(segment.address(), count);
                    default ->
                            throw new IllegalArgumentException(
                                    "array: of " + type + "; use F32 or F64");
                };
        return Nd4j.create(Nd4j.createBuffer(pointer, count, dataType(type)), rows, columns);
    }

    /** The name that ND4J has for an element type of floating-point numbers. */
    static DataType dataType(ElementType type) {
        return type == ElementType.F32 ? DataType.FLOAT : DataType.DOUBLE;
    }

    private static final class Floats extends FloatPointer {
        Floats(long address, long count) {
            super((Pointer) null);
            this.address = address;
            this.limit = count;
            this.capacity = count;
        }
    }

    private static final class Doubles extends DoublePointer {
        Doubles(long address, long count) {
            super((Pointer) null);
            this.address = address;
            this.limit = count;
            this.capacity = count;
        }
    }

    /**
     * An array over an INDArray's own memory, which it keeps from being collected; valid until the
     * INDArray is closed.
     *
     * @param values a vector (one column) or a matrix of FLOAT or DOUBLE
     * @return the same memory where rows lie one after the other, else a copy on the heap
     * @throws IllegalArgumentException for another type, more than two dimensions or no numbers
     */
    public static Array array(INDArray values) {
        if (values.rank() > 2) {
            throw new IllegalArgumentException(
                    "INDArray of %d dimensions; reshape it to rows × columns"
                            .formatted(values.rank()));
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("INDArray: it is empty; give one with numbers");
        }
        ElementType type =
                switch (values.dataType()) {
                    case FLOAT -> ElementType.F32;
                    case DOUBLE -> ElementType.F64;
                    default ->
                            throw new IllegalArgumentException(
                                    "INDArray of "
                                            + values.dataType()
                                            + "; cast it to FLOAT or DOUBLE");
                };
        boolean isVector = values.rank() < 2;
        long rows = isVector ? values.length() : values.rows();
        int width = isVector ? 1 : values.columns();
        if (!isDense(values)) {
            return copy(values, type, rows, width);
        }
        long address = values.data().address() + values.offset() * type.bytes();
        long bytes = rows * width * type.bytes();
        return new Array(type, rows, width, segment(address, bytes, values));
    }

    /** ND4J frees memory when the INDArray is collected, so the segment holds that. */
    private static MemorySegment segment(long address, long bytes, INDArray owner) {
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, Arena.ofAuto(), gone -> Reference.reachabilityFence(owner));
    }

    private static boolean isDense(INDArray values) {
        if (values.rank() < 2) {
            return values.length() < 2 || values.stride(0) == 1;
        }
        boolean columns = values.columns() < 2 || values.stride(1) == 1;
        return columns && (values.rows() < 2 || values.stride(0) == values.columns());
    }

    private static Array copy(INDArray values, ElementType type, long rows, int width) {
        Array copy = Array.zeros(type, rows, width);
        for (long k = 0; k < copy.elements(); k++) {
            copy.set(
                    k,
                    values.rank() < 2
                            ? values.getDouble(k)
                            : values.getDouble(k / width, k % width));
        }
        return copy;
    }
}
