package org.kernfield.cpu.internal.linear;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Five rows times two vectors: ten sums, two factors and the broadcasts stay in the sixteen
 * registers of AVX2. With six rows the compiler spills a sum in each turn, which halves the speed.
 */
final class DoubleKernel5 implements DoubleKernel {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();
    private static final int ROWS = 5;
    private static final int COLUMNS = 2 * LANES;

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void run(int depth, double[] left, int l, double[] right, int r, double[] tile, int at) {
        var a0 = DoubleVector.zero(S);
        var b0 = DoubleVector.zero(S);
        var a1 = DoubleVector.zero(S);
        var b1 = DoubleVector.zero(S);
        var a2 = DoubleVector.zero(S);
        var b2 = DoubleVector.zero(S);
        var a3 = DoubleVector.zero(S);
        var b3 = DoubleVector.zero(S);
        var a4 = DoubleVector.zero(S);
        var b4 = DoubleVector.zero(S);
        for (int k = 0; k < depth; k++) {
            int from = r + k * COLUMNS;
            int by = l + k * ROWS;
            var x = DoubleVector.fromArray(S, right, from);
            var y = DoubleVector.fromArray(S, right, from + LANES);
            var f0 = DoubleVector.broadcast(S, left[by]);
            a0 = f0.fma(x, a0);
            b0 = f0.fma(y, b0);
            var f1 = DoubleVector.broadcast(S, left[by + 1]);
            a1 = f1.fma(x, a1);
            b1 = f1.fma(y, b1);
            var f2 = DoubleVector.broadcast(S, left[by + 2]);
            a2 = f2.fma(x, a2);
            b2 = f2.fma(y, b2);
            var f3 = DoubleVector.broadcast(S, left[by + 3]);
            a3 = f3.fma(x, a3);
            b3 = f3.fma(y, b3);
            var f4 = DoubleVector.broadcast(S, left[by + 4]);
            a4 = f4.fma(x, a4);
            b4 = f4.fma(y, b4);
        }
        add(a0, b0, tile, at);
        add(a1, b1, tile, at + COLUMNS);
        add(a2, b2, tile, at + 2 * COLUMNS);
        add(a3, b3, tile, at + 3 * COLUMNS);
        add(a4, b4, tile, at + 4 * COLUMNS);
    }

    private static void add(DoubleVector a, DoubleVector b, double[] tile, int at) {
        a.add(DoubleVector.fromArray(S, tile, at)).intoArray(tile, at);
        b.add(DoubleVector.fromArray(S, tile, at + LANES)).intoArray(tile, at + LANES);
    }

    @Override
    public void merge(double alpha, double[] tile, int from, double[] c, int at, int stride) {
        var factor = DoubleVector.broadcast(S, alpha);
        for (int i = 0; i < ROWS; i++) {
            int t = from + i * COLUMNS;
            int to = at + i * stride;
            var a = DoubleVector.fromArray(S, tile, t);
            var b = DoubleVector.fromArray(S, tile, t + LANES);
            a.fma(factor, DoubleVector.fromArray(S, c, to)).intoArray(c, to);
            b.fma(factor, DoubleVector.fromArray(S, c, to + LANES)).intoArray(c, to + LANES);
        }
    }

    @Override
    public void substitute(double[] triangle, int from, double[] tile, int at) {
        for (int i = 0; i < ROWS; i++) {
            int row = at + i * COLUMNS;
            var a = DoubleVector.fromArray(S, tile, row);
            var b = DoubleVector.fromArray(S, tile, row + LANES);
            for (int p = 0; p < i; p++) {
                var factor = DoubleVector.broadcast(S, triangle[from + i * ROWS + p]);
                int above = at + p * COLUMNS;
                a = factor.fma(DoubleVector.fromArray(S, tile, above), a);
                b = factor.fma(DoubleVector.fromArray(S, tile, above + LANES), b);
            }
            double reciprocal = triangle[from + i * ROWS + i];
            a.mul(reciprocal).intoArray(tile, row);
            b.mul(reciprocal).intoArray(tile, row + LANES);
        }
    }

    @Override
    public void rotate(
            double[] cosines, double[] sines, int begin, int end, double[] rows, int at, int step) {
        var a = DoubleVector.fromArray(S, rows, at);
        var b = DoubleVector.fromArray(S, rows, at + LANES);
        int own = at;
        for (int k = begin; k < end; k++) {
            int below = own + step;
            var c = DoubleVector.broadcast(S, cosines[k]);
            var s = DoubleVector.broadcast(S, sines[k]);
            var x = DoubleVector.fromArray(S, rows, below);
            var y = DoubleVector.fromArray(S, rows, below + LANES);
            a.mul(c).sub(x.mul(s)).intoArray(rows, own);
            b.mul(c).sub(y.mul(s)).intoArray(rows, own + LANES);
            a = a.mul(s).add(x.mul(c));
            b = b.mul(s).add(y.mul(c));
            own = below;
        }
        a.intoArray(rows, own);
        b.intoArray(rows, own + LANES);
    }

    @Override
    public void pack(
            double[] from,
            int at,
            int step,
            int count,
            int strip,
            int strips,
            double[] into,
            int to) {
        if (strip == COLUMNS) {
            packWide(from, at, step, count, strips, into, to);
        } else {
            packNarrow(from, at, step, count, strips, into, to);
        }
    }

    private static void packWide(
            double[] from, int at, int step, int count, int strips, double[] into, int to) {
        for (int k = 0; k < count; k++) {
            for (int s = 0; s < strips; s++) {
                int source = at + k * step + s * COLUMNS;
                int target = to + (s * count + k) * COLUMNS;
                var a = DoubleVector.fromArray(S, from, source);
                var b = DoubleVector.fromArray(S, from, source + LANES);
                a.intoArray(into, target);
                b.intoArray(into, target + LANES);
            }
        }
    }

    private static void packNarrow(
            double[] from, int at, int step, int count, int strips, double[] into, int to) {
        for (int k = 0; k < count; k++) {
            for (int s = 0; s < strips; s++) {
                int source = at + k * step + s * ROWS;
                int target = to + (s * count + k) * ROWS;
                int p = 0;
                for (; p + LANES <= ROWS; p += LANES) {
                    DoubleVector.fromArray(S, from, source + p).intoArray(into, target + p);
                }
                for (; p < ROWS; p++) {
                    into[target + p] = from[source + p];
                }
            }
        }
    }
}
