package org.kernfield.cpu.internal.linear;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four rows times two vectors, for sixteen vector registers. With five rows the compiler loads all
 * broadcasts first and spills a sum in each turn, which takes two thirds of the speed.
 */
final class FloatKernel4 implements FloatKernel {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();
    private static final int ROWS = 4;
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
        for (int k = 0; k < depth; k++) {
            int from = r + k * COLUMNS;
            int by = l + k * ROWS;
            var f0 = FloatVector.broadcast(S, left[by]);
            var f1 = FloatVector.broadcast(S, left[by + 1]);
            var f2 = FloatVector.broadcast(S, left[by + 2]);
            var f3 = FloatVector.broadcast(S, left[by + 3]);
            var x = FloatVector.fromArray(S, right, from);
            a0 = f0.fma(x, a0);
            a1 = f1.fma(x, a1);
            a2 = f2.fma(x, a2);
            a3 = f3.fma(x, a3);
            var y = FloatVector.fromArray(S, right, from + LANES);
            b0 = f0.fma(y, b0);
            b1 = f1.fma(y, b1);
            b2 = f2.fma(y, b2);
            b3 = f3.fma(y, b3);
        }
        add(a0, b0, tile, at);
        add(a1, b1, tile, at + COLUMNS);
        add(a2, b2, tile, at + 2 * COLUMNS);
        add(a3, b3, tile, at + 3 * COLUMNS);
    }

    private static void add(FloatVector a, FloatVector b, float[] tile, int at) {
        a.add(FloatVector.fromArray(S, tile, at)).intoArray(tile, at);
        b.add(FloatVector.fromArray(S, tile, at + LANES)).intoArray(tile, at + LANES);
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
