package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.FloatVector;

import org.kernfield.kernel.Precision;

/** The machine's preferred vector, fixed for the life of the JVM. */
public final class VectorWidth {
    /** Whether the Vector API is in this process. */
    public static final boolean HAS_VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    /** Lanes that plain Java takes one by one: those of the narrowest vectors. */
    private static final int SCALARS = 4;

    /** float32 lanes in a vector: 4, 8 or 16 on today's machines. */
    public static final int LANES = HAS_VECTORS ? Preferred.lanes() : SCALARS;

    /** Vector registers of the machine: those of 16 float32 lanes have 32. */
    static final int REGISTERS = LANES >= 16 ? 32 : 16;

    private VectorWidth() {}

    /** Apart, so that it is loaded only where there are vectors. */
    private static final class Preferred {
        static int lanes() {
            return FloatVector.SPECIES_PREFERRED.length();
        }
    }

    /** Lanes of numbers of a precision. */
    public static int lanes(Precision precision) {
        return precision == Precision.F32 ? LANES : LANES / 2;
    }

    /** {@code n} rounded up to whole vectors. */
    public static int roundUp(int n) {
        return (n + LANES - 1) / LANES * LANES;
    }
}
