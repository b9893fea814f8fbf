package org.kernfield.benchmarks.baseline;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Squared distances from the {@code n} targets of a strip: the first half of a sum of Gaussians.
 * {@code near} holds the strip's coordinates, one plane behind the other.
 */
final class Distances {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;

    private Distances() {}

    /** To sources j and j + 1 of three planes of {@code m}; two rows. */
    static void two(float[] near, int n, float[] p, int m, int j, float[] q) {
        var x0 = FloatVector.broadcast(F, p[j]);
        var y0 = FloatVector.broadcast(F, p[m + j]);
        var z0 = FloatVector.broadcast(F, p[2 * m + j]);
        var x1 = FloatVector.broadcast(F, p[j + 1]);
        var y1 = FloatVector.broadcast(F, p[m + j + 1]);
        var z1 = FloatVector.broadcast(F, p[2 * m + j + 1]);
        for (int i = 0; i < n; i += F.length()) {
            var x = FloatVector.fromArray(F, near, i);
            var y = FloatVector.fromArray(F, near, n + i);
            var z = FloatVector.fromArray(F, near, 2 * n + i);
            var d0 = x.sub(x0);
            var d1 = x.sub(x1);
            var s0 = d0.mul(d0);
            var s1 = d1.mul(d1);
            d0 = y.sub(y0);
            d1 = y.sub(y1);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            d0 = z.sub(z0);
            d1 = z.sub(z1);
            d0.fma(d0, s0).intoArray(q, i);
            d1.fma(d1, s1).intoArray(q, n + i);
        }
    }

    /** As {@link #two(float[], int, float[], int, int, float[])}. */
    static void two(double[] near, int n, double[] p, int m, int j, double[] q) {
        var x0 = DoubleVector.broadcast(D, p[j]);
        var y0 = DoubleVector.broadcast(D, p[m + j]);
        var z0 = DoubleVector.broadcast(D, p[2 * m + j]);
        var x1 = DoubleVector.broadcast(D, p[j + 1]);
        var y1 = DoubleVector.broadcast(D, p[m + j + 1]);
        var z1 = DoubleVector.broadcast(D, p[2 * m + j + 1]);
        for (int i = 0; i < n; i += D.length()) {
            var x = DoubleVector.fromArray(D, near, i);
            var y = DoubleVector.fromArray(D, near, n + i);
            var z = DoubleVector.fromArray(D, near, 2 * n + i);
            var d0 = x.sub(x0);
            var d1 = x.sub(x1);
            var s0 = d0.mul(d0);
            var s1 = d1.mul(d1);
            d0 = y.sub(y0);
            d1 = y.sub(y1);
            s0 = d0.fma(d0, s0);
            s1 = d1.fma(d1, s1);
            d0 = z.sub(z0);
            d1 = z.sub(z1);
            d0.fma(d0, s0).intoArray(q, i);
            d1.fma(d1, s1).intoArray(q, n + i);
        }
    }

    /**
     * Eight dimensions by |x|² + |p|² − 2x·p: {@code near} has |x|² as its ninth plane, a source
     * nine numbers, −2p and |p|², from {@code at}. Two sources, two rows; four dimensions at a
     * time, so that the sources' coordinates stay in registers.
     */
    static void dot8(float[] near, int n, float[] p, int at, float[] q) {
        firstFour(near, n, p, at, q);
        lastFour(near, n, p, at, q);
    }

    private static void firstFour(float[] near, int n, float[] p, int at, float[] q) {
        var a0 = FloatVector.broadcast(F, p[at]);
        var b0 = FloatVector.broadcast(F, p[at + 9]);
        var a1 = FloatVector.broadcast(F, p[at + 1]);
        var b1 = FloatVector.broadcast(F, p[at + 10]);
        var a2 = FloatVector.broadcast(F, p[at + 2]);
        var b2 = FloatVector.broadcast(F, p[at + 11]);
        var a3 = FloatVector.broadcast(F, p[at + 3]);
        var b3 = FloatVector.broadcast(F, p[at + 12]);
        var a4 = FloatVector.broadcast(F, p[at + 8]);
        var b4 = FloatVector.broadcast(F, p[at + 17]);
        for (int i = 0; i < n; i += F.length()) {
            var norm = FloatVector.fromArray(F, near, 8 * n + i);
            var s0 = norm.add(a4);
            var s1 = norm.add(b4);
            var x0 = FloatVector.fromArray(F, near, i);
            s0 = x0.fma(a0, s0);
            s1 = x0.fma(b0, s1);
            var x1 = FloatVector.fromArray(F, near, n + i);
            s0 = x1.fma(a1, s0);
            s1 = x1.fma(b1, s1);
            var x2 = FloatVector.fromArray(F, near, 2 * n + i);
            s0 = x2.fma(a2, s0);
            s1 = x2.fma(b2, s1);
            var x3 = FloatVector.fromArray(F, near, 3 * n + i);
            s0 = x3.fma(a3, s0);
            s1 = x3.fma(b3, s1);
            s0.intoArray(q, i);
            s1.intoArray(q, n + i);
        }
    }

    private static void lastFour(float[] near, int n, float[] p, int at, float[] q) {
        var a0 = FloatVector.broadcast(F, p[at + 4]);
        var b0 = FloatVector.broadcast(F, p[at + 13]);
        var a1 = FloatVector.broadcast(F, p[at + 5]);
        var b1 = FloatVector.broadcast(F, p[at + 14]);
        var a2 = FloatVector.broadcast(F, p[at + 6]);
        var b2 = FloatVector.broadcast(F, p[at + 15]);
        var a3 = FloatVector.broadcast(F, p[at + 7]);
        var b3 = FloatVector.broadcast(F, p[at + 16]);
        var zero = FloatVector.zero(F).reinterpretAsInts();
        for (int i = 0; i < n; i += F.length()) {
            var s0 = FloatVector.fromArray(F, q, i);
            var s1 = FloatVector.fromArray(F, q, n + i);
            var x0 = FloatVector.fromArray(F, near, 4 * n + i);
            s0 = x0.fma(a0, s0);
            s1 = x0.fma(b0, s1);
            var x1 = FloatVector.fromArray(F, near, 5 * n + i);
            s0 = x1.fma(a1, s0);
            s1 = x1.fma(b1, s1);
            var x2 = FloatVector.fromArray(F, near, 6 * n + i);
            s0 = x2.fma(a2, s0);
            s1 = x2.fma(b2, s1);
            var x3 = FloatVector.fromArray(F, near, 7 * n + i);
            s0 = x3.fma(a3, s0);
            s1 = x3.fma(b3, s1);
            s0.reinterpretAsInts().max(zero).reinterpretAsFloats().intoArray(q, i);
            s1.reinterpretAsInts().max(zero).reinterpretAsFloats().intoArray(q, n + i);
        }
    }
}
