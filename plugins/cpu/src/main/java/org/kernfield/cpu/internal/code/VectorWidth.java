package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.FloatVector;

import org.kernfield.kernel.Precision;

/** The machine's preferred vector, fixed for the life of the JVM. */
public final class VectorWidth {
    /** float32 lanes in a vector: 4, 8 or 16 on today's machines. */
    public static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    /** Vector registers of the machine: those of 16 float32 lanes have 32. */
    static final int REGISTERS = LANES >= 16 ? 32 : 16;

    private VectorWidth() {}

    /** Lanes of numbers of a precision. */
    public static int lanes(Precision precision) {
        return precision == Precision.F32 ? LANES : LANES / 2;
    }

    /** {@code n} rounded up to whole vectors. */
    public static int roundUp(int n) {
        return (n + LANES - 1) / LANES * LANES;
    }
}
