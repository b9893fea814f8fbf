package org.kernfield.cpu.internal.schedule;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import org.kernfield.cpu.internal.code.VectorWidth;

import java.util.Arrays;

/**
 * Σ_t factor_t · numbers[from_t + i] for each i. Written with vectors because the compiler does not
 * vectorise a loop over two places that might overlap.
 */
final class Shifted {
    private Shifted() {}

    /**
     * @param sums written up to the next whole vector
     */
    static void sum(float[] numbers, int[] from, float[] factors, float[] sums, int length) {
        if (VectorWidth.HAS_VECTORS) {
            Vectors.sum(numbers, from, factors, sums, length);
            return;
        }
        Arrays.fill(sums, 0, length, 0);
        for (int t = 0; t < from.length; t++) {
            for (int i = 0; i < length; i++) {
                sums[i] = Math.fma(numbers[from[t] + i], factors[t], sums[i]);
            }
        }
    }

    /**
     * @param sums written up to the next whole vector
     */
    static void sum(double[] numbers, int[] from, double[] factors, double[] sums, int length) {
        if (VectorWidth.HAS_VECTORS) {
            Vectors.sum(numbers, from, factors, sums, length);
            return;
        }
        Arrays.fill(sums, 0, length, 0);
        for (int t = 0; t < from.length; t++) {
            for (int i = 0; i < length; i++) {
                sums[i] = Math.fma(numbers[from[t] + i], factors[t], sums[i]);
            }
        }
    }

    /** Apart, so that it is loaded only where there are vectors. */
    private static final class Vectors {
        private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
        private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

        static void sum(float[] numbers, int[] from, float[] factors, float[] sums, int length) {
            for (int i = 0; i < length; i += FLOATS.length()) {
                FloatVector sum = FloatVector.zero(FLOATS);
                for (int t = 0; t < from.length; t++) {
                    sum =
                            FloatVector.fromArray(FLOATS, numbers, from[t] + i)
                                    .fma(FloatVector.broadcast(FLOATS, factors[t]), sum);
                }
                sum.intoArray(sums, i);
            }
        }

        static void sum(double[] numbers, int[] from, double[] factors, double[] sums, int length) {
            for (int i = 0; i < length; i += DOUBLES.length()) {
                DoubleVector sum = DoubleVector.zero(DOUBLES);
                for (int t = 0; t < from.length; t++) {
                    sum =
                            DoubleVector.fromArray(DOUBLES, numbers, from[t] + i)
                                    .fma(DoubleVector.broadcast(DOUBLES, factors[t]), sum);
                }
                sum.intoArray(sums, i);
            }
        }
    }
}
