package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link org.kernfield.kernel.Op#RANDOM} for a vector of operands; called by generated code. */
final class PhiloxVectors {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final long WORD = 0xFFFFFFFFL;
    private static final double ROUND = 0x1.8p52;
    private static final float LARGEST = 0x1p24f;
    private static final float WHOLE = 0x1p23f;
    private static final int ROUNDS = 10;
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private PhiloxVectors() {}

    static FloatVector uniform(
            FloatVector seed, FloatVector step, FloatVector stream, FloatVector index) {
        var known =
                seed.abs()
                        .compare(VectorOperators.LE, LARGEST)
                        .and(step.abs().compare(VectorOperators.LE, LARGEST))
                        .and(stream.abs().compare(VectorOperators.LE, LARGEST))
                        .and(index.abs().compare(VectorOperators.LE, LARGEST));
        IntVector k0 = whole(seed);
        IntVector k1 = k0.lanewise(VectorOperators.ASHR, 31);
        IntVector c0 = whole(index);
        IntVector c1 = c0.lanewise(VectorOperators.ASHR, 31);
        IntVector c2 = whole(stream);
        IntVector c3 = whole(step);
        for (int round = 0; round < ROUNDS; round++) {
            IntVector left = c0.mul(MULTIPLIER_0);
            IntVector right = c2.mul(MULTIPLIER_1);
            IntVector leftHigh = high(c0, MULTIPLIER_0);
            IntVector rightHigh = high(c2, MULTIPLIER_1);
            c0 = rightHigh.lanewise(VectorOperators.XOR, c1).lanewise(VectorOperators.XOR, k0);
            c2 = leftHigh.lanewise(VectorOperators.XOR, c3).lanewise(VectorOperators.XOR, k1);
            c1 = right;
            c3 = left;
            k0 = k0.add(WEYL_0);
            k1 = k1.add(WEYL_1);
        }
        var bits = c0.lanewise(VectorOperators.LSHR, 8);
        var number = (FloatVector) bits.convertShape(VectorOperators.I2F, FLOATS, 0);
        return FloatVector.broadcast(FLOATS, Float.NaN).blend(number.mul(0x1p-24f), known);
    }

    /** The same number for one row. */
    static float uniform(float seed, float step, float stream, float index) {
        boolean known =
                Math.abs(seed) <= LARGEST
                        && Math.abs(step) <= LARGEST
                        && Math.abs(stream) <= LARGEST
                        && Math.abs(index) <= LARGEST;
        if (!known) {
            return Float.NaN;
        }
        int k0 = (int) Math.rint(seed);
        int k1 = k0 >> 31;
        int c0 = (int) Math.rint(index);
        int c1 = c0 >> 31;
        int c2 = (int) Math.rint(stream);
        int c3 = (int) Math.rint(step);
        for (int round = 0; round < ROUNDS; round++) {
            long left = (MULTIPLIER_0 & WORD) * (c0 & WORD);
            long right = (MULTIPLIER_1 & WORD) * (c2 & WORD);
            c0 = (int) (right >>> 32) ^ c1 ^ k0;
            c2 = (int) (left >>> 32) ^ c3 ^ k1;
            c1 = (int) right;
            c3 = (int) left;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return (c0 >>> 8) * 0x1p-24f;
    }

    static DoubleVector uniform(
            DoubleVector seed, DoubleVector step, DoubleVector stream, DoubleVector index) {
        var known =
                seed.abs()
                        .compare(VectorOperators.LE, LARGEST)
                        .and(step.abs().compare(VectorOperators.LE, LARGEST))
                        .and(stream.abs().compare(VectorOperators.LE, LARGEST))
                        .and(index.abs().compare(VectorOperators.LE, LARGEST));
        LongVector wholeSeed = whole(seed);
        LongVector wholeIndex = whole(index);
        LongVector k0 = wholeSeed.and(WORD);
        LongVector k1 = wholeSeed.lanewise(VectorOperators.ASHR, 32).and(WORD);
        LongVector c0 = wholeIndex.and(WORD);
        LongVector c1 = wholeIndex.lanewise(VectorOperators.ASHR, 32).and(WORD);
        LongVector c2 = whole(stream).and(WORD);
        LongVector c3 = whole(step).and(WORD);
        for (int round = 0; round < ROUNDS; round++) {
            LongVector left = c0.mul(MULTIPLIER_0 & WORD);
            LongVector right = c2.mul(MULTIPLIER_1 & WORD);
            c0 =
                    right.lanewise(VectorOperators.LSHR, 32)
                            .lanewise(VectorOperators.XOR, c1)
                            .lanewise(VectorOperators.XOR, k0);
            c2 =
                    left.lanewise(VectorOperators.LSHR, 32)
                            .lanewise(VectorOperators.XOR, c3)
                            .lanewise(VectorOperators.XOR, k1);
            c1 = right.and(WORD);
            c3 = left.and(WORD);
            k0 = k0.add(WEYL_0).and(WORD);
            k1 = k1.add(WEYL_1).and(WORD);
        }
        // 24 bits below the implicit one of 2⁵²
        var number =
                c0.lanewise(VectorOperators.LSHR, 8)
                        .or(Double.doubleToRawLongBits(0x1p52))
                        .reinterpretAsDoubles()
                        .sub(0x1p52);
        return DoubleVector.broadcast(DOUBLES, Double.NaN).blend(number.mul(0x1p-24), known);
    }

    /** To the nearest whole number, in the low bits of a sum with 1.5 · 2⁵². */
    private static LongVector whole(DoubleVector v) {
        return v.add(ROUND).reinterpretAsLongs().sub(Double.doubleToRawLongBits(ROUND));
    }

    /** To the nearest whole number, to the even one at a tie; a float beyond 2²³ is whole. */
    private static IntVector whole(FloatVector v) {
        var shift =
                FloatVector.broadcast(FLOATS, WHOLE)
                        .blend(-WHOLE, v.compare(VectorOperators.LT, 0));
        var nearest = v.add(shift).sub(shift);
        var rounded = v.blend(nearest, v.abs().compare(VectorOperators.LT, WHOLE));
        return (IntVector) rounded.convertShape(VectorOperators.F2I, INTS, 0);
    }

    /** The upper halves of unsigned products, from products of 16-bit halves. */
    private static IntVector high(IntVector a, int m) {
        int mLow = m & 0xFFFF;
        int mHigh = m >>> 16;
        IntVector low = a.and(0xFFFF);
        IntVector high = a.lanewise(VectorOperators.LSHR, 16);
        IntVector first = low.mul(mLow).lanewise(VectorOperators.LSHR, 16);
        IntVector second = high.mul(mLow).add(first);
        IntVector third = low.mul(mHigh).add(second.and(0xFFFF));
        return high.mul(mHigh)
                .add(second.lanewise(VectorOperators.LSHR, 16))
                .add(third.lanewise(VectorOperators.LSHR, 16));
    }
}
