package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of many vectors' lanes, halves on halves: apart, so that it is loaded only with vectors. */
final class Halves {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

    private Halves() {}

    /**
     * Adds the upper half of each vector to its lower half until four lanes are left of each, which
     * come one after the other.
     *
     * @param count how many vectors of {@link VectorWidth#LANES} numbers
     */
    static void toFour(float[] vectors, int count) {
        if (VectorWidth.LANES == 16) {
            for (int k = 0; k < count; k++) {
                FloatVector.fromArray(EIGHT, vectors, 16 * k)
                        .add(FloatVector.fromArray(EIGHT, vectors, 16 * k + 8))
                        .intoArray(vectors, 8 * k);
            }
        }
        if (VectorWidth.LANES >= 8) {
            for (int k = 0; k < count; k++) {
                FloatVector.fromArray(FOUR, vectors, 8 * k)
                        .add(FloatVector.fromArray(FOUR, vectors, 8 * k + 4))
                        .intoArray(vectors, 4 * k);
            }
        }
    }
}
