package org.kernfield.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of Gaussians in three dimensions, written out for this one formula: what one would write
 * without a kernel language. One thread.
 */
final class HandWritten {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final float LOG2_E = (float) (1 / Math.log(2));

    /** Adding 1.5 · 2²³ leaves the nearest integer in the low bits. */
    private static final float ROUND = 0x1.8p23f;

    private HandWritten() {}

    /** Plain Java with the library's exponential. */
    static void scalar(
            float[][] x,
            float[][] p,
            float[] weights,
            float lengthscale,
            float[] out,
            int queries) {
        float k = -0.5f / (lengthscale * lengthscale);
        for (int i = 0; i < queries; i++) {
            float sum = 0;
            for (int j = 0; j < weights.length; j++) {
                float a = x[0][i] - p[0][j];
                float b = x[1][i] - p[1][j];
                float c = x[2][i] - p[2][j];
                sum += (float) Math.exp(k * (a * a + b * b + c * c)) * weights[j];
            }
            out[i] = sum;
        }
    }

    /** A vector of queries stays in registers while the sources go by. */
    static void vector(
            float[][] x,
            float[][] p,
            float[] weights,
            float lengthscale,
            float[] out,
            int queries) {
        // e^(−s/2ℓ²) = 2^(factor·s)
        float factor = -0.5f * LOG2_E / (lengthscale * lengthscale);
        for (int i = 0; i + LANES <= queries; i += LANES) {
            block(x, p, weights, factor, out, i);
        }
    }

    private static void block(
            float[][] x, float[][] p, float[] weights, float factor, float[] out, int i) {
        float[] px = p[0];
        float[] py = p[1];
        float[] pz = p[2];
        var x0 = FloatVector.fromArray(SPECIES, x[0], i);
        var y0 = FloatVector.fromArray(SPECIES, x[1], i);
        var z0 = FloatVector.fromArray(SPECIES, x[2], i);
        var sum = FloatVector.zero(SPECIES);
        for (int j = 0; j < weights.length; j++) {
            var value = gaussian(x0.sub(px[j]), y0.sub(py[j]), z0.sub(pz[j]), factor);
            sum = value.fma(FloatVector.broadcast(SPECIES, weights[j]), sum);
        }
        sum.intoArray(out, i);
    }

    private static FloatVector gaussian(FloatVector a, FloatVector b, FloatVector c, float factor) {
        FloatVector s = a.mul(a);
        s = b.fma(b, s);
        s = c.fma(c, s);
        return powerOfTwo(s.mul(factor));
    }

    /** 2ᵗ for t in [−126, 0], relative error about 2e-7; smaller t count as −126. */
    private static FloatVector powerOfTwo(FloatVector t) {
        t = t.max(-126);
        FloatVector shifted = t.add(ROUND);
        FloatVector r = t.sub(shifted.sub(ROUND));
        // Taylor's polynomial of 2ʳ on |r| ≤ ½, degree 6
        FloatVector value = FloatVector.broadcast(SPECIES, 1.5403530e-4f);
        value = value.fma(r, FloatVector.broadcast(SPECIES, 1.3333558e-3f));
        value = value.fma(r, FloatVector.broadcast(SPECIES, 9.6181291e-3f));
        value = value.fma(r, FloatVector.broadcast(SPECIES, 5.5504109e-2f));
        value = value.fma(r, FloatVector.broadcast(SPECIES, 2.4022651e-1f));
        value = value.fma(r, FloatVector.broadcast(SPECIES, 6.9314718e-1f));
        value = value.fma(r, FloatVector.broadcast(SPECIES, 1f));
        // n = round(t) stands in the low bits of shifted; add it to the exponent
        return value.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats();
    }
}
