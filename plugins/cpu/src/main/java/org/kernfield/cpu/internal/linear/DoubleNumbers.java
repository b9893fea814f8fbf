package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.ElementType;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** float64. */
final class DoubleNumbers implements Numbers<double[]> {
    private static final ValueLayout.OfDouble LAYOUT =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Side of the squares in which a matrix is mirrored, so that both sides stay in cache. */
    private static final int SQUARE = 32;

    /** Strips that are packed side by side where the next element lies in another row. */
    private static final int TOGETHER = 16;

    private final DoubleKernel kernel;
    private final int height;
    private final int width;

    DoubleNumbers(DoubleKernel kernel) {
        this.kernel = kernel;
        this.height = kernel.rows();
        this.width = kernel.columns();
    }

    DoubleKernel kernel() {
        return kernel;
    }

    @Override
    public ElementType type() {
        return ElementType.F64;
    }

    @Override
    public int tileRows() {
        return height;
    }

    @Override
    public int tileColumns() {
        return width;
    }

    @Override
    public double[] allocate(int length) {
        return new double[length];
    }

    @Override
    public double[] arrayOf(MemorySegment segment) {
        boolean own = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        return own && segment.heapBase().orElse(null) instanceof double[] array ? array : null;
    }

    @Override
    public void load(MemorySegment from, double[] into, int length) {
        MemorySegment.copy(from, LAYOUT, 0, into, 0, length);
    }

    @Override
    public void store(double[] from, MemorySegment into, int length) {
        MemorySegment.copy(from, 0, into, LAYOUT, 0, length);
    }

    @Override
    public double get(double[] array, int at) {
        return array[at];
    }

    @Override
    public void set(double[] array, int at, double value) {
        array[at] = value;
    }

    @Override
    public void tile(
            int depth, double[] left, int l, double[] right, int r, double[] tile, int at) {
        kernel.run(depth, left, l, right, r, tile, at);
    }

    @Override
    public void pack(View<double[]> from, int strip, int first, int last, double[] into, int at) {
        int i = first;
        while (i < last) {
            int to = at + i * from.columns();
            int strips = Math.min(TOGETHER, (Math.min(last, from.rows()) - i) / strip);
            if (strips == 0) {
                packPart(from, strip, i, from.rows() - i, into, to);
                return;
            }
            if (from.rowStride() == 1) {
                int count = from.columns();
                kernel.pack(
                        from.data(),
                        from.at(i, 0),
                        from.columnStride(),
                        count,
                        strip,
                        strips,
                        into,
                        to);
                i += strips * strip;
            } else {
                packColumns(from, strip, i, into, to);
                i += strip;
            }
        }
    }

    private static void packColumns(View<double[]> from, int strip, int i, double[] into, int to) {
        int p = 0;
        for (; p + 4 <= strip; p += 4) {
            if (from.columnStride() == 1) {
                packFour(from, strip, i + p, into, to + p);
            } else {
                for (int q = p; q < p + 4; q++) {
                    packOne(from, strip, i + q, into, to + q);
                }
            }
        }
        for (; p < strip; p++) {
            packOne(from, strip, i + p, into, to + p);
        }
    }

    /** Indices that grow with the loop alone need no check in each turn. */
    private static void packFour(View<double[]> from, int strip, int i, double[] into, int to) {
        double[] data = from.data();
        int a = from.at(i, 0);
        int b = from.at(i + 1, 0);
        int c = from.at(i + 2, 0);
        int d = from.at(i + 3, 0);
        for (int k = 0; k < from.columns(); k++) {
            into[to + k * strip] = data[a + k];
            into[to + k * strip + 1] = data[b + k];
            into[to + k * strip + 2] = data[c + k];
            into[to + k * strip + 3] = data[d + k];
        }
    }

    private static void packOne(View<double[]> from, int strip, int i, double[] into, int to) {
        double[] data = from.data();
        int a = from.at(i, 0);
        int step = from.columnStride();
        for (int k = 0; k < from.columns(); k++) {
            into[to + k * strip] = data[a + k * step];
        }
    }

    private static void packPart(
            View<double[]> from, int strip, int i, int rows, double[] into, int to) {
        for (int k = 0; k < from.columns(); k++) {
            for (int p = 0; p < strip; p++) {
                into[to + k * strip + p] = p < rows ? from.data()[from.at(i + p, k)] : 0;
            }
        }
    }

    @Override
    public void copy(View<double[]> from, View<double[]> to) {
        if (from.columnStride() == 1) {
            for (int i = 0; i < to.rows(); i++) {
                System.arraycopy(from.data(), from.at(i, 0), to.data(), to.at(i, 0), to.columns());
            }
            return;
        }
        for (int j = 0; j < to.columns(); j++) {
            int at = from.at(0, j);
            for (int i = 0; i < to.rows(); i++) {
                to.data()[to.at(i, j)] = from.data()[at + i * from.rowStride()];
            }
        }
    }

    @Override
    public void mirror(View<double[]> a) {
        for (int top = 0; top < a.rows(); top += SQUARE) {
            int bottom = Math.min(a.rows(), top + SQUARE);
            for (int left = 0; left <= top; left += SQUARE) {
                for (int i = top; i < bottom; i++) {
                    mirror(a, i, left, Math.min(left + SQUARE, i));
                }
            }
        }
    }

    private static void mirror(View<double[]> a, int i, int first, int end) {
        double[] data = a.data();
        int from = a.at(i, 0);
        int to = a.at(0, i);
        for (int j = first; j < end; j++) {
            data[to + j * a.rowStride()] = data[from + j];
        }
    }

    @Override
    public void addThin(
            double alpha, View<double[]> v, double beta, View<double[]> c, int first, int last) {
        for (int i = first; i < last; i++) {
            scale(beta, c.block(i, 0, 1, i + 1), 0, 1);
            for (int k = 0; k < v.rows(); k++) {
                double factor = (alpha * v.data()[v.at(k, i)]);
                Loops.axpy(factor, v.data(), v.at(k, 0), c.data(), c.at(i, 0), i + 1);
            }
        }
    }

    @Override
    public void clearUpper(View<double[]> a) {
        for (int i = 0; i < a.rows(); i++) {
            Arrays.fill(a.data(), a.at(i, i) + 1, a.at(i, 0) + a.columns(), 0);
        }
    }

    @Override
    public void clear(double[] array, int length) {
        Arrays.fill(array, 0, length, 0);
    }

    @Override
    public void unpack(double[] strip, int height, View<double[]> into) {
        for (int i = 0; i < into.rows(); i++) {
            int at = into.at(i, 0);
            for (int k = 0; k < into.columns(); k++) {
                into.data()[at + k * into.columnStride()] = strip[k * height + i];
            }
        }
    }

    @Override
    public void scale(double beta, View<double[]> b, int first, int last) {
        if (beta == 1) {
            return;
        }
        double by = beta;
        for (int i = first; i < last; i++) {
            int at = b.at(i, 0);
            if (b.columnStride() != 1) {
                scale(by, b.data(), at, b.columnStride(), b.columns());
            } else if (by == 0) {
                Arrays.fill(b.data(), at, at + b.columns(), 0);
            } else {
                scale(by, b.data(), at, 1, b.columns());
            }
        }
    }

    private static void scale(double by, double[] data, int at, int step, int length) {
        for (int j = 0; j < length; j++) {
            data[at + j * step] = by == 0 ? 0 : by * data[at + j * step];
        }
    }

    @Override
    public void merge(double alpha, double[] tile, int from, View<double[]> c, int reach) {
        double by = alpha;
        if (c.rows() == height && c.columns() == width && reach >= width - 1) {
            kernel.merge(by, tile, from, c.data(), c.offset(), c.rowStride());
            return;
        }
        double[] data = c.data();
        for (int i = 0; i < c.rows(); i++) {
            int end = (int) Math.min(c.columns(), (long) i + reach + 1);
            int at = c.at(i, 0);
            int row = from + i * width;
            for (int j = 0; j < end; j++) {
                data[at + j] += by * tile[row + j];
            }
        }
    }

    @Override
    public void substitute(double[] triangle, int from, double[] x, int at) {
        kernel.substitute(triangle, from, x, at);
    }

    @Override
    public int factor(View<double[]> a) {
        int n = a.rows();
        // as Uᵀ·U, so that the inner loop runs along a row
        var u = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                u[i * n + j] = a.data()[a.at(j, i)];
            }
        }
        for (int k = 0; k < n; k++) {
            double pivot = u[k * n + k];
            if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                return k + 1;
            }
            double root = Math.sqrt(pivot);
            u[k * n + k] = root;
            for (int j = k + 1; j < n; j++) {
                u[k * n + j] /= root;
            }
            for (int i = k + 1; i < n; i++) {
                eliminate(u, k * n, i * n, i, n);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                a.data()[a.at(j, i)] = u[i * n + j];
            }
        }
        return 0;
    }

    private static void eliminate(double[] u, int pivotRow, int row, int i, int n) {
        double factor = u[pivotRow + i];
        for (int j = i; j < n; j++) {
            u[row + j] -= factor * u[pivotRow + j];
        }
    }
}
