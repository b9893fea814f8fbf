package org.kernfield.nd4j.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.Budget;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;

import java.lang.foreign.Arena;

/** Numbers outside the Java heap, row by row, as INDArrays see them. */
final class HostBuffer implements Buffer {
    private final Budget budget;
    private final Arena arena;
    private final long bytes;
    private final Array array;
    private boolean isClosed;

    HostBuffer(ElementType type, long rows, int width, Budget budget) {
        String what = "buffer of " + rows + " × " + width;
        if (rows < 0 || width < 1) {
            throw new IllegalArgumentException(what + ": use rows ≥ 0 and width ≥ 1");
        }
        this.budget = budget;
        bytes = Math.multiplyExact(Math.multiplyExact(rows, (long) width), type.bytes());
        budget.take(bytes, what);
        arena = Arena.ofShared();
        try {
            array = new Array(type, rows, width, arena.allocate(bytes, 64));
        } catch (OutOfMemoryError e) {
            arena.close();
            budget.release(bytes);
            throw e;
        }
    }

    /**
     * The buffer as one of this backend.
     *
     * @throws IllegalArgumentException for one of another backend
     */
    static HostBuffer of(String slot, Buffer buffer) {
        if (buffer instanceof HostBuffer own) {
            return own;
        }
        throw new IllegalArgumentException(
                slot + ": bound to a buffer of another backend; allocate it where it is used");
    }

    /** The numbers themselves. */
    Array array() {
        if (isClosed) {
            throw new IllegalStateException(
                    "buffer of %d × %d: closed; allocate another"
                            .formatted(array.rows(), array.width()));
        }
        return array;
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public ElementType type() {
        return array.type();
    }

    @Override
    public long rows() {
        return array.rows();
    }

    @Override
    public int width() {
        return array.width();
    }

    @Override
    public void write(Array values) {
        check(values);
        convert(values, array());
    }

    @Override
    public void read(Array into) {
        check(into);
        convert(array(), into);
    }

    private static void convert(Array from, Array to) {
        if (from.type() == to.type()) {
            to.data().copyFrom(from.data());
            return;
        }
        for (long k = 0; k < from.elements(); k++) {
            to.set(k, from.get(k));
        }
    }

    private void check(Array other) {
        if (other.rows() != rows() || other.width() != width()) {
            throw new IllegalArgumentException(
                    "buffer of %d × %d: the array is %d × %d; make the shapes equal"
                            .formatted(rows(), width(), other.rows(), other.width()));
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            arena.close();
            budget.release(bytes);
        }
    }
}
