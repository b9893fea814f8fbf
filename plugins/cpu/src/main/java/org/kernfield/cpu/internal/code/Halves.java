package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of many vectors' lanes, halves on halves: apart, so that it is loaded only with vectors.
 *
 * <p>All vectors are of the preferred species, even where half of one would do: HotSpot counts the
 * classes that each method of the Vector API meets for the whole process, and where it has met
 * several, calls on vectors that a loop carries stay calls, and their results objects.
 */
final class Halves {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private Halves() {}

    /**
     * Adds the upper half of each vector to its lower half until four lanes are left of each, which
     * come one after the other.
     *
     * @param vectors half a vector behind those that are meant is read, and stays as it is
     * @param count how many vectors of {@link VectorWidth#LANES} numbers
     */
    static void toFour(float[] vectors, int count) {
        for (int half = VectorWidth.LANES / 2; half >= 4; half /= 2) {
            halve(vectors, count, half);
        }
    }

    private static void halve(float[] vectors, int count, int half) {
        int k = 0;
        // a whole vector is written, which must not reach what is still to be read
        for (; k < count && half * k + S.length() > 2 * half * (k + 1); k++) {
            for (int l = 0; l < half; l++) {
                vectors[half * k + l] =
                        vectors[2 * half * k + l] + vectors[2 * half * k + half + l];
            }
        }
        for (; k < count; k++) {
            FloatVector.fromArray(S, vectors, 2 * half * k)
                    .add(FloatVector.fromArray(S, vectors, 2 * half * k + half))
                    .intoArray(vectors, half * k);
        }
    }
}
