package org.kernfield.reference.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

/** Doubles, rounded to an element type when stored, counted against a budget. */
public final class ReferenceBuffer implements Buffer {
    private final ElementType type;
    private final long rows;
    private final int width;
    private final Budget budget;
    private double[] values;

    public ReferenceBuffer(ElementType type, long rows, int width, Budget budget) {
        String what = "buffer of " + rows + " × " + width;
        if (rows < 0 || width < 1) {
            throw new IllegalArgumentException(what + ": use rows ≥ 0 and width ≥ 1");
        }
        if (rows > (Integer.MAX_VALUE - 8) / width) {
            throw new IllegalArgumentException(
                    what + ": beyond one Java array; use another backend");
        }
        this.type = type;
        this.rows = rows;
        this.width = width;
        this.budget = budget;
        budget.take(bytes(), what);
        this.values = new double[(int) rows * width];
    }

    private ReferenceBuffer(ElementType type, long rows, int width) {
        this.type = type;
        this.rows = rows;
        this.width = width;
        this.budget = Budget.unlimited();
    }

    /** A buffer that has a shape and nothing else. */
    public static ReferenceBuffer shape(ElementType type, long rows, int width) {
        return new ReferenceBuffer(type, rows, width);
    }

    /**
     * The buffer as one of this backend.
     *
     * @throws IllegalArgumentException for one of another backend
     */
    public static ReferenceBuffer of(String slot, Buffer buffer) {
        if (buffer instanceof ReferenceBuffer own) {
            return own;
        }
        throw new IllegalArgumentException(
                slot + ": bound to a buffer of another backend; allocate it where it is used");
    }

    double[] values() {
        if (values == null) {
            throw new IllegalStateException(
                    "buffer of " + rows + " × " + width + ": closed; allocate another");
        }
        return values;
    }

    /** Stores all values, rounded to the element type. */
    public void put(double[] source) {
        double[] into = values();
        for (int k = 0; k < into.length; k++) {
            into[k] = rounded(source[k]);
        }
    }

    private double rounded(double value) {
        return switch (type) {
            case F64 -> value;
            case F32 -> (float) value;
            case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
            case U8 -> (int) Math.max(0, Math.min(0xFF, Math.rint(value)));
            case U16 -> (int) Math.max(0, Math.min(0xFFFF, Math.rint(value)));
            case I32 -> (int) Math.rint(value);
            case I64 -> (long) Math.rint(value);
        };
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
    public void write(Array source) {
        double[] into = values();
        check(source);
        for (int k = 0; k < into.length; k++) {
            into[k] = rounded(source.get(k));
        }
    }

    @Override
    public void read(Array into) {
        double[] from = values();
        check(into);
        for (int k = 0; k < from.length; k++) {
            into.set(k, from[k]);
        }
    }

    private void check(Array array) {
        if (array.rows() != rows || array.width() != width) {
            throw new IllegalArgumentException(
                    "buffer of "
                            + rows
                            + " × "
                            + width
                            + ": the array is "
                            + array.rows()
                            + " × "
                            + array.width()
                            + "; make the shapes equal");
        }
    }

    public boolean isClosed() {
        return values == null;
    }

    @Override
    public void close() {
        if (values != null) {
            values = null;
            budget.release(bytes());
        }
    }

    private long bytes() {
        return rows * width * Double.BYTES;
    }
}
