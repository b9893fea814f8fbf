package org.kernfield.cpu.internal.memory;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

import java.nio.ByteOrder;

/**
 * A float32 buffer, one plane a component, so that consecutive rows fill a vector. Each plane is
 * padded to whole vectors and the last one by a further vector, so that loads may run over.
 */
public final class PlanarBuffer implements Buffer {
    private static final int PADDING = 16;

    private final long rows;
    private final int width;
    private final int stride;
    private final long bytes;
    private final Budget budget;
    private final Runnable onClose;
    private float[] data;

    public PlanarBuffer(long rows, int width, Budget budget, Runnable onClose) {
        long stride = Math.ceilDiv(rows, (long) PADDING) * PADDING;
        long elements = Math.multiplyExact(stride, (long) width) + PADDING;
        this.bytes = elements * Float.BYTES;
        budget.take(bytes, rows + " × " + width + " numbers");
        if (elements > Integer.MAX_VALUE - 8) {
            budget.release(bytes);
            throw new org.kernfield.backend.OutOfBudgetException(
                    rows
                            + " × "
                            + width
                            + " numbers: "
                            + bytes / 1_000_000
                            + " MB in one buffer; the cpu backend holds at most 8589 MB in one");
        }
        this.rows = rows;
        this.width = width;
        this.stride = (int) stride;
        this.budget = budget;
        this.onClose = onClose;
        this.data = new float[(int) elements];
    }

    /** The planes' common array. */
    public float[] data() {
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
        return ElementType.F32;
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
        float[] planes = data();
        float[] from = floatsOf(values);
        int first = firstOf(values);
        for (int c = 0; c < width; c++) {
            int plane = offset(c);
            if (from != null) {
                for (int i = 0; i < rows; i++) {
                    planes[plane + i] = from[first + i * width + c];
                }
            } else {
                for (int i = 0; i < rows; i++) {
                    planes[plane + i] = (float) values.get((long) i * width + c);
                }
            }
        }
    }

    @Override
    public void read(Array into) {
        requireShape(into);
        float[] planes = data();
        float[] to = floatsOf(into);
        int first = firstOf(into);
        for (int c = 0; c < width; c++) {
            int plane = offset(c);
            if (to != null) {
                for (int i = 0; i < rows; i++) {
                    to[first + i * width + c] = planes[plane + i];
                }
            } else {
                for (int i = 0; i < rows; i++) {
                    into.set((long) i * width + c, planes[plane + i]);
                }
            }
        }
    }

    /**
     * The Java array behind an array, where there is one of floats: plain loops over it are fast.
     */
    private static float[] floatsOf(Array array) {
        return array.type() == ElementType.F32
                        && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        && array.data().heapBase().orElse(null) instanceof float[] floats
                ? floats
                : null;
    }

    private static int firstOf(Array array) {
        return array.data().isNative() ? 0 : (int) (array.data().address() / Float.BYTES);
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
