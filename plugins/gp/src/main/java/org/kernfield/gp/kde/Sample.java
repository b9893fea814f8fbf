package org.kernfield.gp.kde;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Reduction;
import org.kernfield.field.Compute;

import java.util.Map;

/** Rows of a table on a backend, as queries and as sources at once; lives for one call. */
final class Sample implements AutoCloseable {
    private final Compute compute;
    private final int rows;
    private final Buffer points;
    private final Buffer numbers;

    /**
     * @param points rows × columns
     */
    Sample(double[] points, int columns, Compute compute) {
        this.compute = compute;
        rows = points.length / columns;
        var order = new double[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        this.points = compute.allocate(ElementType.F64, rows, columns);
        this.points.write(Array.of(columns, points));
        numbers = compute.allocate(ElementType.F64, rows, 1);
        numbers.write(Array.of(1, order));
    }

    int rows() {
        return rows;
    }

    Args args(double... rates) {
        return Args.rows(rows)
                .with(DensityKernels.X, points)
                .with(DensityKernels.Y, points)
                .with(DensityKernels.ROW, numbers)
                .with(DensityKernels.OTHER, numbers)
                .with(DensityKernels.RATE, rates);
    }

    /** A buffer of a number for each row. */
    Buffer column() {
        return compute.allocate(ElementType.F64, rows, 1);
    }

    /** The single row of a total. */
    double[] total(Reduction total, Args args, String output, int width) {
        try (Buffer sum = compute.allocate(ElementType.F64, 1, width)) {
            compute.run(total, args, Map.of(output, sum));
            return read(sum, width);
        }
    }

    static double[] read(Buffer buffer, int width) {
        Array array = Array.zeros(ElementType.F64, buffer.rows(), width);
        buffer.read(array);
        var values = new double[(int) array.elements()];
        for (int k = 0; k < values.length; k++) {
            values[k] = array.get(k);
        }
        return values;
    }

    @Override
    public void close() {
        points.close();
        numbers.close();
    }
}
