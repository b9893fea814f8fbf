package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import org.kernfield.kernel.Op;

/**
 * One operation on whole blocks of float32 numbers, with the bits of the same operation in
 * generated code. A mask is a block of ones and zeros. Each loop is written out: HotSpot leaves
 * helpers of helpers out of code that has run a few times, and then boxes every vector.
 */
abstract class BlockOperation {
    /** Numbers of a block: a few vectors, so that a call costs little beside its work. */
    static final int BLOCK = 256;

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> BITS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    /**
     * @param a first operand; operands that the operation has not got are any blocks
     * @param to overwritten; it may be one of the operands
     */
    abstract void run(float[] a, float[] b, float[] c, float[] d, float[] to);

    static final BlockOperation ADD =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = a[i] + b[i];
                    }
                }
            };

    static final BlockOperation SUBTRACT =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = a[i] - b[i];
                    }
                }
            };

    static final BlockOperation MULTIPLY =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = a[i] * b[i];
                    }
                }
            };

    static final BlockOperation DIVIDE =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = a[i] / b[i];
                    }
                }
            };

    static final BlockOperation FMA =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = Math.fma(a[i], b[i], c[i]);
                    }
                }
            };

    static final BlockOperation NEGATE =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = -a[i];
                    }
                }
            };

    static final BlockOperation ABS =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = Math.abs(a[i]);
                    }
                }
            };

    static final BlockOperation SQRT =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = (float) Math.sqrt(a[i]);
                    }
                }
            };

    static final BlockOperation MIN =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = Math.min(a[i], b[i]);
                    }
                }
            };

    static final BlockOperation MAX =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = Math.max(a[i], b[i]);
                    }
                }
            };

    static final BlockOperation LESS =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i += LANES) {
                        FloatVector.zero(S)
                                .blend(
                                        1f,
                                        FloatVector.fromArray(S, a, i)
                                                .compare(
                                                        VectorOperators.LT,
                                                        FloatVector.fromArray(S, b, i)))
                                .intoArray(to, i);
                    }
                }
            };

    static final BlockOperation AT_MOST =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i += LANES) {
                        FloatVector.zero(S)
                                .blend(
                                        1f,
                                        FloatVector.fromArray(S, a, i)
                                                .compare(
                                                        VectorOperators.LE,
                                                        FloatVector.fromArray(S, b, i)))
                                .intoArray(to, i);
                    }
                }
            };

    static final BlockOperation OR =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i += LANES) {
                        FloatVector.zero(S)
                                .blend(
                                        1f,
                                        FloatVector.fromArray(S, a, i)
                                                .compare(VectorOperators.GT, 0.5f)
                                                .or(
                                                        FloatVector.fromArray(S, b, i)
                                                                .compare(VectorOperators.GT, 0.5f)))
                                .intoArray(to, i);
                    }
                }
            };

    /** a ? b : c. */
    static final BlockOperation SELECT =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i += LANES) {
                        FloatVector.fromArray(S, c, i)
                                .blend(
                                        FloatVector.fromArray(S, b, i),
                                        FloatVector.fromArray(S, a, i)
                                                .compare(VectorOperators.GT, 0.5f))
                                .intoArray(to, i);
                    }
                }
            };

    static final BlockOperation RANDOM =
            new BlockOperation() {
                @Override
                void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                    for (int i = 0; i < BLOCK; i++) {
                        to[i] = PhiloxVectors.uniform(a[i], b[i], c[i], d[i]);
                    }
                }
            };

    /** See {@link LaneCode#bessel}. */
    static BlockOperation bessel(Op op) {
        return new BlockOperation() {
            @Override
            void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                for (int i = 0; i < BLOCK; i++) {
                    to[i] = (float) op.apply(a[i], b[i], 0);
                }
            }
        };
    }

    /** See {@link LaneCode#addShiftedBits}. */
    static BlockOperation addShiftedBits(int shift) {
        return new BlockOperation() {
            @Override
            void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                for (int i = 0; i < BLOCK; i += LANES) {
                    FloatVector.fromArray(S, a, i)
                            .reinterpretAsInts()
                            .add(
                                    FloatVector.fromArray(S, b, i)
                                            .reinterpretAsInts()
                                            .lanewise(VectorOperators.LSHL, shift))
                            .reinterpretAsFloats()
                            .intoArray(to, i);
                }
            }
        };
    }

    /** See {@link LaneCode#shiftRightOr}. */
    static BlockOperation shiftRightOr(int shift, int or) {
        return new BlockOperation() {
            @Override
            void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                for (int i = 0; i < BLOCK; i += LANES) {
                    FloatVector.fromArray(S, a, i)
                            .reinterpretAsInts()
                            .lanewise(VectorOperators.LSHR, shift)
                            .or(IntVector.broadcast(BITS, or))
                            .reinterpretAsFloats()
                            .intoArray(to, i);
                }
            }
        };
    }

    /** See {@link LaneCode#maskBits}. */
    static BlockOperation maskBits(int and, int or) {
        return new BlockOperation() {
            @Override
            void run(float[] a, float[] b, float[] c, float[] d, float[] to) {
                for (int i = 0; i < BLOCK; i += LANES) {
                    FloatVector.fromArray(S, a, i)
                            .reinterpretAsInts()
                            .and(IntVector.broadcast(BITS, and))
                            .or(IntVector.broadcast(BITS, or))
                            .reinterpretAsFloats()
                            .intoArray(to, i);
                }
            }
        };
    }
}
