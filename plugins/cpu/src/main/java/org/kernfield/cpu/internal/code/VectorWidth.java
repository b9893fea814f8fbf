package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.FloatVector;

/** The machine's preferred vector, fixed for the life of the JVM. */
public final class VectorWidth {
    /** float32 lanes in a vector: 4, 8 or 16 on today's machines. */
    public static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    private VectorWidth() {}

    /** {@code n} rounded up to whole vectors. */
    public static int roundUp(int n) {
        return (n + LANES - 1) / LANES * LANES;
    }
}
