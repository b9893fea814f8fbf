package org.kernfield.cpu.internal.limits;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops that keep one resource of a core busy and nothing else. What they return depends on all of
 * their work, so that none of it can be left out.
 */
final class Loops {
    static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;

    /** Adding it leaves the nearest integer in the low bits. */
    private static final float ROUND = 0x1.8p23f;

    /** Vectors of one turn. */
    static final int MULTIPLY_ADDS = 12;

    static final int MIXED = 36;

    private Loops() {}

    /** Twelve sums side by side hide the latency of each; {@code turns × 12} vectors. */
    static float multiplyAdds(int turns, float seed) {
        var b = FloatVector.broadcast(F, 0.999f);
        var c = FloatVector.broadcast(F, 0.001f);
        var a0 = FloatVector.broadcast(F, seed + 0);
        var a1 = FloatVector.broadcast(F, seed + 1);
        var a2 = FloatVector.broadcast(F, seed + 2);
        var a3 = FloatVector.broadcast(F, seed + 3);
        var a4 = FloatVector.broadcast(F, seed + 4);
        var a5 = FloatVector.broadcast(F, seed + 5);
        var a6 = FloatVector.broadcast(F, seed + 6);
        var a7 = FloatVector.broadcast(F, seed + 7);
        var a8 = FloatVector.broadcast(F, seed + 8);
        var a9 = FloatVector.broadcast(F, seed + 9);
        var a10 = FloatVector.broadcast(F, seed + 10);
        var a11 = FloatVector.broadcast(F, seed + 11);
        for (int i = 0; i < turns; i++) {
            a0 = a0.fma(b, c);
            a1 = a1.fma(b, c);
            a2 = a2.fma(b, c);
            a3 = a3.fma(b, c);
            a4 = a4.fma(b, c);
            a5 = a5.fma(b, c);
            a6 = a6.fma(b, c);
            a7 = a7.fma(b, c);
            a8 = a8.fma(b, c);
            a9 = a9.fma(b, c);
            a10 = a10.fma(b, c);
            a11 = a11.fma(b, c);
        }
        return a0.add(a1)
                .add(a2)
                .add(a3)
                .add(a4)
                .add(a5)
                .add(a6)
                .add(a7)
                .add(a8)
                .add(a9)
                .add(a10)
                .add(a11)
                .lane(0);
    }

    /** Twelve sums side by side hide the latency of each; {@code turns × 12} vectors. */
    static double multiplyAdds(int turns, double seed) {
        var b = DoubleVector.broadcast(D, 0.999);
        var c = DoubleVector.broadcast(D, 0.001);
        var a0 = DoubleVector.broadcast(D, seed + 0);
        var a1 = DoubleVector.broadcast(D, seed + 1);
        var a2 = DoubleVector.broadcast(D, seed + 2);
        var a3 = DoubleVector.broadcast(D, seed + 3);
        var a4 = DoubleVector.broadcast(D, seed + 4);
        var a5 = DoubleVector.broadcast(D, seed + 5);
        var a6 = DoubleVector.broadcast(D, seed + 6);
        var a7 = DoubleVector.broadcast(D, seed + 7);
        var a8 = DoubleVector.broadcast(D, seed + 8);
        var a9 = DoubleVector.broadcast(D, seed + 9);
        var a10 = DoubleVector.broadcast(D, seed + 10);
        var a11 = DoubleVector.broadcast(D, seed + 11);
        for (int i = 0; i < turns; i++) {
            a0 = a0.fma(b, c);
            a1 = a1.fma(b, c);
            a2 = a2.fma(b, c);
            a3 = a3.fma(b, c);
            a4 = a4.fma(b, c);
            a5 = a5.fma(b, c);
            a6 = a6.fma(b, c);
            a7 = a7.fma(b, c);
            a8 = a8.fma(b, c);
            a9 = a9.fma(b, c);
            a10 = a10.fma(b, c);
            a11 = a11.fma(b, c);
        }
        return a0.add(a1)
                .add(a2)
                .add(a3)
                .add(a4)
                .add(a5)
                .add(a6)
                .add(a7)
                .add(a8)
                .add(a9)
                .add(a10)
                .add(a11)
                .lane(0);
    }

    /**
     * Nine multiplying sums, four adding ones and a chain of integers, in the proportion 9 : 6 : 3
     * and in turns long enough that none of them waits; {@code turns × 36} vectors.
     */
    static float mixed(int turns, float seed) {
        var b = FloatVector.broadcast(F, 0.999f);
        var m = IntVector.broadcast(I, (int) seed + 1);
        var a0 = FloatVector.broadcast(F, seed + 0);
        var a1 = FloatVector.broadcast(F, seed + 1);
        var a2 = FloatVector.broadcast(F, seed + 2);
        var a3 = FloatVector.broadcast(F, seed + 3);
        var a4 = FloatVector.broadcast(F, seed + 4);
        var a5 = FloatVector.broadcast(F, seed + 5);
        var a6 = FloatVector.broadcast(F, seed + 6);
        var a7 = FloatVector.broadcast(F, seed + 7);
        var a8 = FloatVector.broadcast(F, seed + 8);
        var s0 = FloatVector.broadcast(F, seed - 0);
        var s1 = FloatVector.broadcast(F, seed - 1);
        var s2 = FloatVector.broadcast(F, seed - 2);
        var s3 = FloatVector.broadcast(F, seed - 3);
        var n = IntVector.broadcast(I, (int) seed);
        for (int i = 0; i < turns; i++) {
            a0 = a0.fma(b, b);
            s0 = s0.add(b);
            a1 = a1.fma(b, b);
            n = n.add(m);
            s1 = s1.add(b);
            a2 = a2.fma(b, b);
            a3 = a3.fma(b, b);
            s2 = s2.add(b);
            a4 = a4.fma(b, b);
            n = n.lanewise(XOR, m);
            s3 = s3.add(b);
            a5 = a5.fma(b, b);
            a6 = a6.fma(b, b);
            s0 = s0.add(b);
            a7 = a7.fma(b, b);
            n = n.sub(m);
            s1 = s1.add(b);
            a8 = a8.fma(b, b);
            a0 = a0.fma(b, b);
            s2 = s2.add(b);
            a1 = a1.fma(b, b);
            n = n.add(m);
            s3 = s3.add(b);
            a2 = a2.fma(b, b);
            a3 = a3.fma(b, b);
            s0 = s0.add(b);
            a4 = a4.fma(b, b);
            n = n.lanewise(XOR, m);
            s1 = s1.add(b);
            a5 = a5.fma(b, b);
            a6 = a6.fma(b, b);
            s2 = s2.add(b);
            a7 = a7.fma(b, b);
            n = n.sub(m);
            s3 = s3.add(b);
            a8 = a8.fma(b, b);
        }
        var sum = a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8);
        sum = sum.add(s0).add(s1).add(s2).add(s3);
        return sum.lane(0) + n.lane(0);
    }

    /** A scalar chain of {@code turns} products and sums, which no width of vectors shortens. */
    static float chain(int turns, float seed) {
        float x = seed;
        for (int i = 0; i < turns; i++) {
            x = x * 0.999f + 0.001f;
        }
        return x;
    }

    /** a ← b + 3·c. */
    static void triad(float[] a, float[] b, float[] c) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    /**
     * out ← 2^q for q in [−126, 0], whole vectors only: nearest integer, minimax polynomial of
     * degree 5 (relative error 7.5e-8), integer into the exponent.
     */
    static void exponentials(float[] q, float[] out) {
        var c0 = FloatVector.broadcast(F, 1.0000000716546822f);
        var c1 = FloatVector.broadcast(F, 0.6931469670647331f);
        var c2 = FloatVector.broadcast(F, 0.24022119723848476f);
        var c3 = FloatVector.broadcast(F, 0.05550713273542589f);
        var c4 = FloatVector.broadcast(F, 0.009675541334216184f);
        var c5 = FloatVector.broadcast(F, 0.0013276471979479397f);
        var round = FloatVector.broadcast(F, ROUND);
        int width = F.length();
        for (int i = 0; i < out.length; i += 2 * width) {
            var q0 = FloatVector.fromArray(F, q, i);
            var q1 = FloatVector.fromArray(F, q, i + width);
            var t0 = q0.add(round);
            var t1 = q1.add(round);
            var r0 = q0.sub(t0.sub(round));
            var r1 = q1.sub(t1.sub(round));
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
            var e0 = p0.reinterpretAsInts().add(t0.reinterpretAsInts().lanewise(LSHL, 23));
            var e1 = p1.reinterpretAsInts().add(t1.reinterpretAsInts().lanewise(LSHL, 23));
            e0.reinterpretAsFloats().intoArray(out, i);
            e1.reinterpretAsFloats().intoArray(out, i + width);
        }
    }
}
