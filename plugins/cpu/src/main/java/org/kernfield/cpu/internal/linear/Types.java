package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.ElementType;

/**
 * Both element types with the kernels that suit the machine.
 *
 * @param doubles float64
 * @param floats float32
 */
record Types(DoubleNumbers doubles, FloatNumbers floats) {
    /** Vectors of 64 bytes come with 32 registers. */
    private static final int WIDE = 64;

    static Types ofMachine() {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return vectors ? Vectors.types() : plain();
    }

    /** Without the Vector API. */
    static Types plain() {
        return new Types(
                new DoubleNumbers(new PlainDoubleKernel()),
                new FloatNumbers(new PlainFloatKernel()));
    }

    /** Apart, so that it is loaded only where there are vectors. */
    private static final class Vectors {
        static Types types() {
            int bytes = jdk.incubator.vector.DoubleVector.SPECIES_PREFERRED.vectorByteSize();
            return bytes >= WIDE
                    ? new Types(
                            new DoubleNumbers(new DoubleKernel12()),
                            new FloatNumbers(new FloatKernel12()))
                    : new Types(
                            new DoubleNumbers(new DoubleKernel5()),
                            new FloatNumbers(new FloatKernel4()));
        }
    }

    Numbers<?> of(ElementType type) {
        return type == ElementType.F32 ? floats : doubles;
    }
}
