package org.kernfield.benchmarks.baseline;

import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * out_i += Σ_k 2^(−q_ki)·w_k over a strip in the first-level cache: the second half of a sum of
 * Gaussians. Methods are straight lines, because what HotSpot has compiled on its own it does not
 * inline any more.
 */
final class Exponentials {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> L = LongVector.SPECIES_PREFERRED;

    /** Adding it leaves the nearest integer in the low bits. */
    private static final float ROUND = 0x1.8p23f;

    private static final double ROUND64 = 0x1.8p52;

    /** Exponents beyond it count as it; it keeps results above the denormal numbers. */
    private static final int LAST = Float.floatToRawIntBits(126);

    /** Only the upper halves bound: the lower ones are ≤ 2³¹ − 1 as they are. */
    private static final long LAST64 = 0x408F_E000_7FFF_FFFFL;

    private Exponentials() {}

    /** Two rows of {@code n} exponents ≥ 0, one behind the other. Relative error 2e-7. */
    static void add(float[] q, int n, float w0, float w1, float[] out, int to) {
        var c0 = FloatVector.broadcast(F, 1.0000000716546822f);
        var c1 = FloatVector.broadcast(F, 0.6931469670647331f);
        var c2 = FloatVector.broadcast(F, 0.24022119723848476f);
        var c3 = FloatVector.broadcast(F, 0.05550713273542589f);
        var c4 = FloatVector.broadcast(F, 0.009675541334216184f);
        var c5 = FloatVector.broadcast(F, 0.0013276471979479397f);
        var round = FloatVector.broadcast(F, ROUND);
        var last = IntVector.broadcast(I, LAST);
        var v0 = FloatVector.broadcast(F, w0);
        var v1 = FloatVector.broadcast(F, w1);
        for (int i = 0; i < n; i += F.length()) {
            var q0 = FloatVector.fromArray(F, q, i);
            var q1 = FloatVector.fromArray(F, q, n + i);
            q0 = q0.reinterpretAsInts().min(last).reinterpretAsFloats();
            q1 = q1.reinterpretAsInts().min(last).reinterpretAsFloats();
            var t0 = q0.add(round);
            var t1 = q1.add(round);
            var r0 = t0.sub(round).sub(q0);
            var r1 = t1.sub(round).sub(q1);
            var p0 = r0.fma(c5, c4);
            var p1 = r1.fma(c5, c4);
            p0 = p0.fma(r0, c3);
            p1 = p1.fma(r1, c3);
            p0 = p0.fma(r0, c2);
            p1 = p1.fma(r1, c2);
            p0 = p0.fma(r0, c1);
            p1 = p1.fma(r1, c1);
            p0 = p0.fma(r0, c0);
            p1 = p1.fma(r1, c0);
            var e0 = p0.reinterpretAsInts().sub(t0.reinterpretAsInts().lanewise(LSHL, 23));
            var e1 = p1.reinterpretAsInts().sub(t1.reinterpretAsInts().lanewise(LSHL, 23));
            var sum = FloatVector.fromArray(F, out, to + i);
            sum = e0.reinterpretAsFloats().fma(v0, sum);
            e1.reinterpretAsFloats().fma(v1, sum).intoArray(out, to + i);
        }
    }

    /**
     * Two rows of {@code n} exponents into the strip, and their products with the strip's weights
     * back into out_j and out_(j+1).
     */
    static void addBothWays(float[] q, int n, float[] w, int j, float[] out, int to) {
        var c0 = FloatVector.broadcast(F, 1.0000000716546822f);
        var c1 = FloatVector.broadcast(F, 0.6931469670647331f);
        var c2 = FloatVector.broadcast(F, 0.24022119723848476f);
        var c3 = FloatVector.broadcast(F, 0.05550713273542589f);
        var c4 = FloatVector.broadcast(F, 0.009675541334216184f);
        var c5 = FloatVector.broadcast(F, 0.0013276471979479397f);
        var round = FloatVector.broadcast(F, ROUND);
        var last = IntVector.broadcast(I, LAST);
        var v0 = FloatVector.broadcast(F, w[j]);
        var v1 = FloatVector.broadcast(F, w[j + 1]);
        var back0 = FloatVector.zero(F);
        var back1 = FloatVector.zero(F);
        for (int i = 0; i < n; i += F.length()) {
            var q0 = FloatVector.fromArray(F, q, i);
            var q1 = FloatVector.fromArray(F, q, n + i);
            q0 = q0.reinterpretAsInts().min(last).reinterpretAsFloats();
            q1 = q1.reinterpretAsInts().min(last).reinterpretAsFloats();
            var t0 = q0.add(round);
            var t1 = q1.add(round);
            var r0 = t0.sub(round).sub(q0);
            var r1 = t1.sub(round).sub(q1);
            var p0 = r0.fma(c5, c4);
            var p1 = r1.fma(c5, c4);
            p0 = p0.fma(r0, c3);
            p1 = p1.fma(r1, c3);
            p0 = p0.fma(r0, c2);
            p1 = p1.fma(r1, c2);
            p0 = p0.fma(r0, c1);
            p1 = p1.fma(r1, c1);
            p0 = p0.fma(r0, c0);
            p1 = p1.fma(r1, c0);
            var b0 = p0.reinterpretAsInts().sub(t0.reinterpretAsInts().lanewise(LSHL, 23));
            var b1 = p1.reinterpretAsInts().sub(t1.reinterpretAsInts().lanewise(LSHL, 23));
            var e0 = b0.reinterpretAsFloats();
            var e1 = b1.reinterpretAsFloats();
            var own = FloatVector.fromArray(F, w, to + i);
            back0 = e0.fma(own, back0);
            back1 = e1.fma(own, back1);
            var sum = e0.fma(v0, FloatVector.fromArray(F, out, to + i));
            e1.fma(v1, sum).intoArray(out, to + i);
        }
        out[j] += fold(back0, q);
        out[j + 1] += fold(back1, q);
    }

    /** The lanes' sum in a fixed order; {@code lanes} is scratch. */
    private static float fold(FloatVector v, float[] lanes) {
        v.intoArray(lanes, 0);
        for (int half = F.length() / 2; half > 0; half /= 2) {
            for (int k = 0; k < half; k++) {
                lanes[k] += lanes[k + half];
            }
        }
        return lanes[0];
    }

    /** As {@link #add(float[], int, float, float, float[], int)}, relative error 1e-15. */
    static void add(double[] q, int n, double w0, double w1, double[] out, int to) {
        var round = DoubleVector.broadcast(D, ROUND64);
        var last = LongVector.broadcast(L, LAST64).reinterpretAsInts();
        for (int i = 0; i < n; i += D.length()) {
            var q0 = DoubleVector.fromArray(D, q, i);
            var q1 = DoubleVector.fromArray(D, q, n + i);
            q0 = q0.reinterpretAsInts().min(last).reinterpretAsDoubles();
            q1 = q1.reinterpretAsInts().min(last).reinterpretAsDoubles();
            var t0 = q0.add(round);
            var t1 = q1.add(round);
            var r0 = t0.sub(round).sub(q0);
            var r1 = t1.sub(round).sub(q1);
            var c = DoubleVector.broadcast(D, 1.020869029995830583e-7);
            var p0 = r0.fma(DoubleVector.broadcast(D, 7.0725859492692237e-9), c);
            var p1 = r1.fma(DoubleVector.broadcast(D, 7.0725859492692237e-9), c);
            c = DoubleVector.broadcast(D, 1.321544258792168965e-6);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 0.00001525265726020083706);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 0.0001540353044173605015);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 0.00133335582301649739);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 0.009618129107606888527);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 0.05550410866444771917);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 0.2402265069591009822);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 0.6931471805599499829);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            c = DoubleVector.broadcast(D, 1);
            p0 = p0.fma(r0, c);
            p1 = p1.fma(r1, c);
            var e0 = p0.reinterpretAsLongs().sub(t0.reinterpretAsLongs().lanewise(LSHL, 52));
            var e1 = p1.reinterpretAsLongs().sub(t1.reinterpretAsLongs().lanewise(LSHL, 52));
            var sum = DoubleVector.fromArray(D, out, to + i);
            sum = e0.reinterpretAsDoubles().fma(DoubleVector.broadcast(D, w0), sum);
            e1.reinterpretAsDoubles()
                    .fma(DoubleVector.broadcast(D, w1), sum)
                    .intoArray(out, to + i);
        }
    }
}
