package org.kernfield.nd4j.internal;

import org.kernfield.backend.ElementType;
import org.kernfield.kernel.Op;

import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Optional;

/**
 * Whether random numbers are those of the language: multiples of 2⁻²⁴ in [0, 1) that use all 24
 * bits, the same in both precisions, the first one known.
 */
final class RandomSelfCheck {
    private static final int COUNT = 256;

    /** Bits of a number. */
    private static final int WIDTH = 24;

    /**
     * Upper bits of the first word of Philox 4×32-10 for a counter and a key of zeros, from the
     * known answers of Random123.
     */
    private static final int FIRST = 0x6627e8;

    private RandomSelfCheck() {}

    /** z_k ← random(0, 0, 0, k). */
    interface Generator {
        void fill(Register z, int count);
    }

    /** What is wrong with this backend's, as the middle of a sentence; empty if nothing is. */
    static Optional<String> fault() {
        return fault(RandomSelfCheck::compute);
    }

    static Optional<String> fault(Generator generator) {
        try (Arena arena = Arena.ofConfined()) {
            Register singles = filled(generator, arena, ElementType.F32);
            Register doubles = filled(generator, arena, ElementType.F64);
            var different = new HashSet<Double>();
            long bits = 0;
            for (int k = 0; k < COUNT; k++) {
                double number = doubles.get(k);
                double scaled = number * (1 << WIDTH);
                if (!(number >= 0 && number < 1) || scaled != Math.rint(scaled)) {
                    return Optional.of(
                            "a random number is %s, which is no fraction of %d bits"
                                    .formatted(number, WIDTH));
                }
                if (singles.get(k) != number) {
                    return Optional.of(
                            "a random number is %s in F32 and %s in F64"
                                    .formatted(singles.get(k), number));
                }
                bits |= (long) scaled;
                different.add(number);
            }
            return fault((long) (doubles.get(0) * (1 << WIDTH)), bits, different.size());
        }
    }

    /** Some of 256 among 2²⁴ may meet, but hardly ever two pairs of them. */
    private static Optional<String> fault(long first, long bits, int different) {
        if (bits != (1 << WIDTH) - 1) {
            return Optional.of(
                    "random numbers use %d of their %d bits".formatted(Long.bitCount(bits), WIDTH));
        }
        if (different < COUNT - 1) {
            return Optional.of(
                    "only %d of %d random numbers are different".formatted(different, COUNT));
        }
        return first == FIRST
                ? Optional.empty()
                : Optional.of(
                        "the first random number is %x where %x is right".formatted(first, FIRST));
    }

    private static Register filled(Generator generator, Arena arena, ElementType type) {
        var register = new Register(arena.allocate((long) COUNT * type.bytes(), 64), type);
        generator.fill(register, COUNT);
        return register;
    }

    private static void compute(Register z, int count) {
        var zero = new Values(null, 0, 0, 0);
        try (Arena arena = Arena.ofConfined()) {
            var index = new Register(arena.allocate((long) count * z.type.bytes(), 64), z.type);
            for (int k = 0; k < count; k++) {
                index.set(k, k);
            }
            var operands = new Values[] {zero, zero, zero, new Values(index, 0, 0, 1)};
            Elementwise.apply(Op.RANDOM, operands, z, 1, count);
        }
    }
}
