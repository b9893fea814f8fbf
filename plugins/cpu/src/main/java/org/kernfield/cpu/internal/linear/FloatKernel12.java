package org.kernfield.cpu.internal.linear;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Twelve rows times two vectors, for machines with 32 vector registers. */
final class FloatKernel12 implements FloatKernel {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
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
    public void run(int depth, float[] left, int l, float[] right, int r, float[] tile, int at) {
        var a0 = FloatVector.zero(S);
        var b0 = FloatVector.zero(S);
        var a1 = FloatVector.zero(S);
        var b1 = FloatVector.zero(S);
        var a2 = FloatVector.zero(S);
        var b2 = FloatVector.zero(S);
        var a3 = FloatVector.zero(S);
        var b3 = FloatVector.zero(S);
        var a4 = FloatVector.zero(S);
        var b4 = FloatVector.zero(S);
        var a5 = FloatVector.zero(S);
        var b5 = FloatVector.zero(S);
        var a6 = FloatVector.zero(S);
        var b6 = FloatVector.zero(S);
        var a7 = FloatVector.zero(S);
        var b7 = FloatVector.zero(S);
        var a8 = FloatVector.zero(S);
        var b8 = FloatVector.zero(S);
        var a9 = FloatVector.zero(S);
        var b9 = FloatVector.zero(S);
        var a10 = FloatVector.zero(S);
        var b10 = FloatVector.zero(S);
        var a11 = FloatVector.zero(S);
        var b11 = FloatVector.zero(S);
        for (int k = 0; k < depth; k++) {
            int from = r + k * COLUMNS;
            int by = l + k * ROWS;
            var x = FloatVector.fromArray(S, right, from);
            var y = FloatVector.fromArray(S, right, from + LANES);
            var f0 = FloatVector.broadcast(S, left[by]);
            a0 = f0.fma(x, a0);
            b0 = f0.fma(y, b0);
            var f1 = FloatVector.broadcast(S, left[by + 1]);
            a1 = f1.fma(x, a1);
            b1 = f1.fma(y, b1);
            var f2 = FloatVector.broadcast(S, left[by + 2]);
            a2 = f2.fma(x, a2);
            b2 = f2.fma(y, b2);
            var f3 = FloatVector.broadcast(S, left[by + 3]);
            a3 = f3.fma(x, a3);
            b3 = f3.fma(y, b3);
            var f4 = FloatVector.broadcast(S, left[by + 4]);
            a4 = f4.fma(x, a4);
            b4 = f4.fma(y, b4);
            var f5 = FloatVector.broadcast(S, left[by + 5]);
            a5 = f5.fma(x, a5);
            b5 = f5.fma(y, b5);
            var f6 = FloatVector.broadcast(S, left[by + 6]);
            a6 = f6.fma(x, a6);
            b6 = f6.fma(y, b6);
            var f7 = FloatVector.broadcast(S, left[by + 7]);
            a7 = f7.fma(x, a7);
            b7 = f7.fma(y, b7);
            var f8 = FloatVector.broadcast(S, left[by + 8]);
            a8 = f8.fma(x, a8);
            b8 = f8.fma(y, b8);
            var f9 = FloatVector.broadcast(S, left[by + 9]);
            a9 = f9.fma(x, a9);
            b9 = f9.fma(y, b9);
            var f10 = FloatVector.broadcast(S, left[by + 10]);
            a10 = f10.fma(x, a10);
            b10 = f10.fma(y, b10);
            var f11 = FloatVector.broadcast(S, left[by + 11]);
            a11 = f11.fma(x, a11);
            b11 = f11.fma(y, b11);
        }
        // written out, because C2 puts no method of ours into one that has grown so large, and
        // vectors
        // that are passed to one are boxed in every turn of the loop
        a0.add(FloatVector.fromArray(S, tile, at)).intoArray(tile, at);
        b0.add(FloatVector.fromArray(S, tile, at + LANES)).intoArray(tile, at + LANES);
        a1.add(FloatVector.fromArray(S, tile, at + COLUMNS)).intoArray(tile, at + COLUMNS);
        b1.add(FloatVector.fromArray(S, tile, at + COLUMNS + LANES))
                .intoArray(tile, at + COLUMNS + LANES);
        a2.add(FloatVector.fromArray(S, tile, at + 2 * COLUMNS)).intoArray(tile, at + 2 * COLUMNS);
        b2.add(FloatVector.fromArray(S, tile, at + 2 * COLUMNS + LANES))
                .intoArray(tile, at + 2 * COLUMNS + LANES);
        a3.add(FloatVector.fromArray(S, tile, at + 3 * COLUMNS)).intoArray(tile, at + 3 * COLUMNS);
        b3.add(FloatVector.fromArray(S, tile, at + 3 * COLUMNS + LANES))
                .intoArray(tile, at + 3 * COLUMNS + LANES);
        a4.add(FloatVector.fromArray(S, tile, at + 4 * COLUMNS)).intoArray(tile, at + 4 * COLUMNS);
        b4.add(FloatVector.fromArray(S, tile, at + 4 * COLUMNS + LANES))
                .intoArray(tile, at + 4 * COLUMNS + LANES);
        a5.add(FloatVector.fromArray(S, tile, at + 5 * COLUMNS)).intoArray(tile, at + 5 * COLUMNS);
        b5.add(FloatVector.fromArray(S, tile, at + 5 * COLUMNS + LANES))
                .intoArray(tile, at + 5 * COLUMNS + LANES);
        a6.add(FloatVector.fromArray(S, tile, at + 6 * COLUMNS)).intoArray(tile, at + 6 * COLUMNS);
        b6.add(FloatVector.fromArray(S, tile, at + 6 * COLUMNS + LANES))
                .intoArray(tile, at + 6 * COLUMNS + LANES);
        a7.add(FloatVector.fromArray(S, tile, at + 7 * COLUMNS)).intoArray(tile, at + 7 * COLUMNS);
        b7.add(FloatVector.fromArray(S, tile, at + 7 * COLUMNS + LANES))
                .intoArray(tile, at + 7 * COLUMNS + LANES);
        a8.add(FloatVector.fromArray(S, tile, at + 8 * COLUMNS)).intoArray(tile, at + 8 * COLUMNS);
        b8.add(FloatVector.fromArray(S, tile, at + 8 * COLUMNS + LANES))
                .intoArray(tile, at + 8 * COLUMNS + LANES);
        a9.add(FloatVector.fromArray(S, tile, at + 9 * COLUMNS)).intoArray(tile, at + 9 * COLUMNS);
        b9.add(FloatVector.fromArray(S, tile, at + 9 * COLUMNS + LANES))
                .intoArray(tile, at + 9 * COLUMNS + LANES);
        a10.add(FloatVector.fromArray(S, tile, at + 10 * COLUMNS))
                .intoArray(tile, at + 10 * COLUMNS);
        b10.add(FloatVector.fromArray(S, tile, at + 10 * COLUMNS + LANES))
                .intoArray(tile, at + 10 * COLUMNS + LANES);
        a11.add(FloatVector.fromArray(S, tile, at + 11 * COLUMNS))
                .intoArray(tile, at + 11 * COLUMNS);
        b11.add(FloatVector.fromArray(S, tile, at + 11 * COLUMNS + LANES))
                .intoArray(tile, at + 11 * COLUMNS + LANES);
    }

    @Override
    public void merge(float alpha, float[] tile, int from, float[] c, int at, int stride) {
        var factor = FloatVector.broadcast(S, alpha);
        for (int i = 0; i < ROWS; i++) {
            int t = from + i * COLUMNS;
            int to = at + i * stride;
            var a = FloatVector.fromArray(S, tile, t);
            var b = FloatVector.fromArray(S, tile, t + LANES);
            a.fma(factor, FloatVector.fromArray(S, c, to)).intoArray(c, to);
            b.fma(factor, FloatVector.fromArray(S, c, to + LANES)).intoArray(c, to + LANES);
        }
    }

    @Override
    public void substitute(float[] triangle, int from, float[] tile, int at) {
        for (int i = 0; i < ROWS; i++) {
            int row = at + i * COLUMNS;
            var a = FloatVector.fromArray(S, tile, row);
            var b = FloatVector.fromArray(S, tile, row + LANES);
            for (int p = 0; p < i; p++) {
                var factor = FloatVector.broadcast(S, triangle[from + i * ROWS + p]);
                int above = at + p * COLUMNS;
                a = factor.fma(FloatVector.fromArray(S, tile, above), a);
                b = factor.fma(FloatVector.fromArray(S, tile, above + LANES), b);
            }
            float reciprocal = triangle[from + i * ROWS + i];
            a.mul(reciprocal).intoArray(tile, row);
            b.mul(reciprocal).intoArray(tile, row + LANES);
        }
    }

    @Override
    public void pack(
            float[] from,
            int at,
            int step,
            int count,
            int strip,
            int strips,
            float[] into,
            int to) {
        if (strip != COLUMNS) {
            FloatKernel.super.pack(from, at, step, count, strip, strips, into, to);
            return;
        }
        for (int k = 0; k < count; k++) {
            for (int s = 0; s < strips; s++) {
                int source = at + k * step + s * COLUMNS;
                int target = to + (s * count + k) * COLUMNS;
                var a = FloatVector.fromArray(S, from, source);
                var b = FloatVector.fromArray(S, from, source + LANES);
                a.intoArray(into, target);
                b.intoArray(into, target + LANES);
            }
        }
    }
}
