package org.kernfield.cpu.internal.memory;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

import java.nio.ByteOrder;

/**
 * A buffer of float32, float64 or int32, one plane a component, so that consecutive rows fill a
 * vector. Each plane is padded to whole tiles of vectors, so that loads may run over.
 */
public final class PlanarBuffer implements Buffer {
    private static final int PADDING = 64;

    private final ElementType type;

    private final long rows;
    private final int width;
    private final int stride;
    private final long bytes;
    private final Budget budget;
    private final Runnable onClose;
    private Object data;

    /**
     * @throws IllegalArgumentException for other types of element
     */
    public PlanarBuffer(ElementType type, long rows, int width, Budget budget, Runnable onClose) {
        if (type != ElementType.F32 && type != ElementType.F64 && type != ElementType.I32) {
            throw new IllegalArgumentException(
                    type
                            + " buffer: the cpu backend computes in F32 and F64; ask for one of"
                            + " those");
        }
        this.type = type;
        long stride = Math.ceilDiv(rows, (long) PADDING) * PADDING;
        long elements = Math.multiplyExact(stride, (long) width) + PADDING;
        this.bytes = elements * type.bytes();
        budget.take(bytes, rows + " × " + width + " numbers");
        if (elements > Integer.MAX_VALUE - 8) {
            budget.release(bytes);
            throw new org.kernfield.backend.OutOfBudgetException(
                    rows
                            + " × "
                            + width
                            + " numbers: "
                            + bytes / 1_000_000
                            + " MB in one buffer; the cpu backend holds at most "
                            + (Integer.MAX_VALUE - 8L) * type.bytes() / 1_000_000
                            + " MB in one");
        }
        this.rows = rows;
        this.width = width;
        this.stride = (int) stride;
        this.budget = budget;
        this.onClose = onClose;
        try {
            this.data = planes(type, (int) elements);
        } catch (OutOfMemoryError e) {
            budget.release(bytes);
            throw e;
        }
    }

    private static Object planes(ElementType type, int elements) {
        return switch (type) {
            case F64 -> new double[elements];
            case I32 -> new int[elements];
            default -> new float[elements];
        };
    }

    /** The planes' common array: of float, double or int. */
    public Object data() {
        if (data == null) {
            throw new IllegalStateException(
                    rows + " × " + width + " buffer: closed; allocate another");
        }
        return data;
    }

    /** Where the plane of {@code component} begins. */
    public int offset(int component) {
        return component * stride;
    }

    @Override
    public ElementType type() {
        return type;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void write(Array values) {
        requireShape(values);
        switch (data()) {
            case float[] planes when heapOf(values) instanceof float[] from ->
                    Planar.fromRows(from, firstOf(values), (int) rows, width, planes, stride);
            case double[] planes when heapOf(values) instanceof double[] from ->
                    Planar.fromRows(from, firstOf(values), (int) rows, width, planes, stride);
            default -> {
                for (int c = 0; c < width; c++) {
                    for (int i = 0; i < rows; i++) {
                        set(offset(c) + i, values.get((long) i * width + c));
                    }
                }
            }
        }
    }

    private void set(int index, double value) {
        switch (data()) {
            case int[] ints -> ints[index] = (int) value;
            case Object numbers -> Numbers.set(numbers, index, value);
        }
    }

    @Override
    public void read(Array into) {
        requireShape(into);
        switch (data()) {
            case float[] planes when heapOf(into) instanceof float[] to ->
                    Planar.toRows(planes, stride, to, firstOf(into), (int) rows, width);
            case double[] planes when heapOf(into) instanceof double[] to ->
                    Planar.toRows(planes, stride, to, firstOf(into), (int) rows, width);
            default -> {
                for (int c = 0; c < width; c++) {
                    for (int i = 0; i < rows; i++) {
                        into.set((long) i * width + c, get(offset(c) + i));
                    }
                }
            }
        }
    }

    private double get(int index) {
        return data() instanceof int[] ints ? ints[index] : Numbers.get(data(), index);
    }

    /**
     * The Java array behind an array of this buffer's type, where there is one: plain loops over it
     * are fast.
     */
    private Object heapOf(Array array) {
        boolean isAlike =
                array.type() == type && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        boolean isWhole = !array.data().isNative() && array.data().address() % type.bytes() == 0;
        return isAlike && isWhole ? array.data().heapBase().orElse(null) : null;
    }

    private int firstOf(Array array) {
        return (int) (array.data().address() / type.bytes());
    }

    private void requireShape(Array array) {
        if (array.rows() != rows || array.width() != width) {
            throw new IllegalArgumentException(
                    "array of "
                            + array.rows()
                            + " × "
                            + array.width()
                            + ": the buffer is "
                            + rows
                            + " × "
                            + width
                            + "; make them equal");
        }
    }

    @Override
    public void close() {
        if (data != null) {
            data = null;
            budget.release(bytes);
            onClose.run();
        }
    }
}
