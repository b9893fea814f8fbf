package org.kernfield.reference.internal;

import org.kernfield.backend.Array;
import org.kernfield.backend.CancelToken;

import java.util.Comparator;
import java.util.stream.IntStream;

/** A dense matrix of doubles in host memory, row-major. */
public final class Matrix {
    public final int rows;
    public final int columns;
    private final double[] values;

    Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.values = new double[Math.multiplyExact(rows, columns)];
    }

    /** A copy. */
    public static Matrix of(Array array) {
        var matrix = new Matrix(Math.toIntExact(array.rows()), array.width());
        for (int k = 0; k < matrix.values.length; k++) {
            matrix.values[k] = array.get(k);
        }
        return matrix;
    }

    static Matrix identity(int n) {
        var matrix = new Matrix(n, n);
        for (int i = 0; i < n; i++) {
            matrix.set(i, i, 1);
        }
        return matrix;
    }

    public double get(int i, int j) {
        return values[i * columns + j];
    }

    public void set(int i, int j, double value) {
        values[i * columns + j] = value;
    }

    /** Writes every element over an array of the same shape. */
    public void store(Array into) {
        for (int k = 0; k < values.length; k++) {
            into.set(k, values[k]);
        }
    }

    public Matrix transposed() {
        var transposed = new Matrix(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed.set(j, i, get(i, j));
            }
        }
        return transposed;
    }

    public Matrix times(Matrix other, CancelToken cancel) {
        var product = new Matrix(rows, other.columns);
        for (int i = 0; i < rows; i++) {
            cancel.check();
            for (int k = 0; k < columns; k++) {
                double factor = get(i, k);
                for (int j = 0; j < other.columns; j++) {
                    product.values[i * other.columns + j] += factor * other.get(k, j);
                }
            }
        }
        return product;
    }

    /** Scalar product of the first {@code length} elements of rows {@code i} and {@code j}. */
    public double rowDot(int i, int j, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += get(i, k) * get(j, k);
        }
        return sum;
    }

    /** Scalar product of columns {@code i} and {@code j}. */
    double columnDot(int i, int j) {
        double sum = 0;
        for (int k = 0; k < rows; k++) {
            sum += get(k, i) * get(k, j);
        }
        return sum;
    }

    /** Columns p and q ← c·p − s·q and s·p + c·q. */
    void rotateColumns(int p, int q, double c, double s) {
        for (int k = 0; k < rows; k++) {
            double x = get(k, p);
            double y = get(k, q);
            set(k, p, c * x - s * y);
            set(k, q, s * x + c * y);
        }
    }

    /** Rows p and q ← c·p − s·q and s·p + c·q. */
    void rotateRows(int p, int q, double c, double s) {
        for (int k = 0; k < columns; k++) {
            double x = get(p, k);
            double y = get(q, k);
            set(p, k, c * x - s * y);
            set(q, k, s * x + c * y);
        }
    }

    /** Makes it symmetric: the upper triangle is a copy of the lower one. */
    public void mirrorLower() {
        for (int i = 0; i < rows; i++) {
            for (int j = i + 1; j < columns; j++) {
                set(i, j, get(j, i));
            }
        }
    }

    /** Exchanges rows i and j, and columns i and j. */
    void swapBoth(int i, int j) {
        for (int k = 0; k < columns; k++) {
            double kept = get(i, k);
            set(i, k, get(j, k));
            set(j, k, kept);
        }
        swapColumns(i, j);
    }

    void swapColumns(int i, int j) {
        for (int k = 0; k < rows; k++) {
            double kept = get(k, i);
            set(k, i, get(k, j));
            set(k, j, kept);
        }
    }

    /** Whether every element is a number. */
    public boolean isFinite() {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Places on the diagonal, the smallest number first. */
    public int[] diagonalAscending() {
        return IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> get(i, i)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The columns in another order. */
    public Matrix columns(int[] order) {
        var ordered = new Matrix(rows, order.length);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < order.length; j++) {
                ordered.set(i, j, get(i, order[j]));
            }
        }
        return ordered;
    }

    @Override
    public String toString() {
        return rows + " × " + columns;
    }
}
