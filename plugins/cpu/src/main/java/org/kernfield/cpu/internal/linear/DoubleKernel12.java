package org.kernfield.cpu.internal.linear;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Twelve rows times two vectors, for machines with 32 vector registers. */
final class DoubleKernel12 implements DoubleKernel {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();
    private static final int ROWS = 12;
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
        var a5 = DoubleVector.zero(S);
        var b5 = DoubleVector.zero(S);
        var a6 = DoubleVector.zero(S);
        var b6 = DoubleVector.zero(S);
        var a7 = DoubleVector.zero(S);
        var b7 = DoubleVector.zero(S);
        var a8 = DoubleVector.zero(S);
        var b8 = DoubleVector.zero(S);
        var a9 = DoubleVector.zero(S);
        var b9 = DoubleVector.zero(S);
        var a10 = DoubleVector.zero(S);
        var b10 = DoubleVector.zero(S);
        var a11 = DoubleVector.zero(S);
        var b11 = DoubleVector.zero(S);
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
            var f5 = DoubleVector.broadcast(S, left[by + 5]);
            a5 = f5.fma(x, a5);
            b5 = f5.fma(y, b5);
            var f6 = DoubleVector.broadcast(S, left[by + 6]);
            a6 = f6.fma(x, a6);
            b6 = f6.fma(y, b6);
            var f7 = DoubleVector.broadcast(S, left[by + 7]);
            a7 = f7.fma(x, a7);
            b7 = f7.fma(y, b7);
            var f8 = DoubleVector.broadcast(S, left[by + 8]);
            a8 = f8.fma(x, a8);
            b8 = f8.fma(y, b8);
            var f9 = DoubleVector.broadcast(S, left[by + 9]);
            a9 = f9.fma(x, a9);
            b9 = f9.fma(y, b9);
            var f10 = DoubleVector.broadcast(S, left[by + 10]);
            a10 = f10.fma(x, a10);
            b10 = f10.fma(y, b10);
            var f11 = DoubleVector.broadcast(S, left[by + 11]);
            a11 = f11.fma(x, a11);
            b11 = f11.fma(y, b11);
        }
        // written out, because C2 puts no method of ours into one that has grown so large, and
        // vectors
        // that are passed to one are boxed in every turn of the loop
        a0.add(DoubleVector.fromArray(S, tile, at)).intoArray(tile, at);
        b0.add(DoubleVector.fromArray(S, tile, at + LANES)).intoArray(tile, at + LANES);
        a1.add(DoubleVector.fromArray(S, tile, at + COLUMNS)).intoArray(tile, at + COLUMNS);
        b1.add(DoubleVector.fromArray(S, tile, at + COLUMNS + LANES))
                .intoArray(tile, at + COLUMNS + LANES);
        a2.add(DoubleVector.fromArray(S, tile, at + 2 * COLUMNS)).intoArray(tile, at + 2 * COLUMNS);
        b2.add(DoubleVector.fromArray(S, tile, at + 2 * COLUMNS + LANES))
                .intoArray(tile, at + 2 * COLUMNS + LANES);
        a3.add(DoubleVector.fromArray(S, tile, at + 3 * COLUMNS)).intoArray(tile, at + 3 * COLUMNS);
        b3.add(DoubleVector.fromArray(S, tile, at + 3 * COLUMNS + LANES))
                .intoArray(tile, at + 3 * COLUMNS + LANES);
        a4.add(DoubleVector.fromArray(S, tile, at + 4 * COLUMNS)).intoArray(tile, at + 4 * COLUMNS);
        b4.add(DoubleVector.fromArray(S, tile, at + 4 * COLUMNS + LANES))
                .intoArray(tile, at + 4 * COLUMNS + LANES);
        a5.add(DoubleVector.fromArray(S, tile, at + 5 * COLUMNS)).intoArray(tile, at + 5 * COLUMNS);
        b5.add(DoubleVector.fromArray(S, tile, at + 5 * COLUMNS + LANES))
                .intoArray(tile, at + 5 * COLUMNS + LANES);
        a6.add(DoubleVector.fromArray(S, tile, at + 6 * COLUMNS)).intoArray(tile, at + 6 * COLUMNS);
        b6.add(DoubleVector.fromArray(S, tile, at + 6 * COLUMNS + LANES))
                .intoArray(tile, at + 6 * COLUMNS + LANES);
        a7.add(DoubleVector.fromArray(S, tile, at + 7 * COLUMNS)).intoArray(tile, at + 7 * COLUMNS);
        b7.add(DoubleVector.fromArray(S, tile, at + 7 * COLUMNS + LANES))
                .intoArray(tile, at + 7 * COLUMNS + LANES);
        a8.add(DoubleVector.fromArray(S, tile, at + 8 * COLUMNS)).intoArray(tile, at + 8 * COLUMNS);
        b8.add(DoubleVector.fromArray(S, tile, at + 8 * COLUMNS + LANES))
                .intoArray(tile, at + 8 * COLUMNS + LANES);
        a9.add(DoubleVector.fromArray(S, tile, at + 9 * COLUMNS)).intoArray(tile, at + 9 * COLUMNS);
        b9.add(DoubleVector.fromArray(S, tile, at + 9 * COLUMNS + LANES))
                .intoArray(tile, at + 9 * COLUMNS + LANES);
        a10.add(DoubleVector.fromArray(S, tile, at + 10 * COLUMNS))
                .intoArray(tile, at + 10 * COLUMNS);
        b10.add(DoubleVector.fromArray(S, tile, at + 10 * COLUMNS + LANES))
                .intoArray(tile, at + 10 * COLUMNS + LANES);
        a11.add(DoubleVector.fromArray(S, tile, at + 11 * COLUMNS))
                .intoArray(tile, at + 11 * COLUMNS);
        b11.add(DoubleVector.fromArray(S, tile, at + 11 * COLUMNS + LANES))
                .intoArray(tile, at + 11 * COLUMNS + LANES);
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
        if (strip != COLUMNS) {
            DoubleKernel.super.pack(from, at, step, count, strip, strips, into, to);
            return;
        }
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
}
