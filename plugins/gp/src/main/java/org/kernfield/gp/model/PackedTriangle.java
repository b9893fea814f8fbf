package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.field.ModelException;
import org.kernfield.gp.exact.Rows;

import java.util.function.Supplier;

/** A lower triangle as models store it: row after row without what is above the diagonal. */
final class PackedTriangle implements Supplier<Array> {
    private final Array packed;
    private final int order;
    private Array square;

    /**
     * @throws ModelException if there are not n·(n + 1)/2 numbers
     */
    PackedTriangle(Array packed, int order) {
        if (packed.elements() != (long) order * (order + 1) / 2) {
            throw new ModelException(
                    "model: a factor of %d numbers for %d rows; write it anew"
                            .formatted(packed.elements(), order));
        }
        this.packed = packed;
        this.order = order;
    }

    /** n·(n + 1)/2 × 1. */
    static Array pack(Array lower) {
        int n = lower.width();
        double[] from = Rows.doubles(lower);
        Array packed = Array.zeros(ElementType.F64, (long) n * (n + 1) / 2, 1);
        double[] to = Rows.doubles(packed);
        for (int i = 0; i < n; i++) {
            System.arraycopy(from, i * n, to, i * (i + 1) / 2, i + 1);
        }
        return packed;
    }

    /** n × n, zeros above the diagonal; made once. */
    @Override
    public synchronized Array get() {
        if (square == null) {
            square = Array.zeros(ElementType.F64, order, order);
            double[] from = Rows.doubles(packed);
            double[] to = Rows.doubles(square);
            for (int i = 0; i < order; i++) {
                System.arraycopy(from, i * (i + 1) / 2, to, i * order, i + 1);
            }
        }
        return square;
    }
}
