package org.kernfield.cpu.internal.code;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

import java.util.stream.IntStream;

/**
 * Sums of many vectors' lanes, of as many vectors at a time as a vector has lanes: apart, so that
 * it is loaded only with vectors.
 *
 * <p>All vectors are of the preferred species: HotSpot counts the classes that each method of the
 * Vector API meets for the whole process, and where it has met several, calls on vectors that a
 * loop carries stay calls, and their results objects. Nor are vectors handed to methods here: where
 * one is not inlined, each becomes an object.
 */
final class LaneSums {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    /** Halvings until one lane is left. */
    private static final int STEPS = Integer.numberOfTrailingZeros(S.length());

    private LaneSums() {}

    /** One halving: lanes half a vector apart, then a quarter, and so on. */
    private record Step(VectorMask<Float> upper, VectorShuffle<Float> crossed) {
        static Step of(int half) {
            var upper = new boolean[S.length()];
            for (int l = 0; l < upper.length; l++) {
                upper[l] = (l & half) != 0;
            }
            return new Step(
                    VectorMask.fromArray(S, upper, 0), VectorShuffle.fromOp(S, l -> l ^ half));
        }
    }

    private static final Step[] ALL =
            IntStream.range(0, STEPS)
                    .mapToObj(k -> Step.of(S.length() >> k + 1))
                    .toArray(Step[]::new);

    /** Brings {@link #run} to speed. */
    static Warmup warmup() {
        var vectors = new float[S.length() * S.length()];
        return new Warmup(n -> run(vectors, 1), 0);
    }

    /**
     * Of each source and term a vector, source after source: leaves vectors of sums, a lane for
     * each source, term after term, and zeros behind them. Two halvings at a time, after one if
     * their number is odd.
     *
     * <p>Named for the option that has {@code run} compiled soon, and all in one for that.
     */
    static void run(float[] vectors, int terms) {
        var zero = FloatVector.zero(S);
        int k = STEPS % 2;
        if (k > 0) {
            var upper = ALL[0].upper;
            var crossed = ALL[0].crossed;
            int apart = S.length() / 2 * terms * S.length();
            for (int at = 0; at < apart; at += S.length()) {
                var first = FloatVector.fromArray(S, vectors, at);
                var second = FloatVector.fromArray(S, vectors, at + apart);
                first.blend(second, upper)
                        .add(second.blend(first, upper).rearrange(crossed))
                        .intoArray(vectors, at);
                zero.intoArray(vectors, at + apart);
            }
        }
        for (; k < STEPS; k += 2) {
            var upper = ALL[k].upper;
            var crossed = ALL[k].crossed;
            var upperOfHalf = ALL[k + 1].upper;
            var crossedInHalf = ALL[k + 1].crossed;
            int apart = (S.length() >> k + 2) * terms * S.length();
            for (int at = 0; at < apart; at += S.length()) {
                var first = FloatVector.fromArray(S, vectors, at);
                var second = FloatVector.fromArray(S, vectors, at + apart);
                var third = FloatVector.fromArray(S, vectors, at + 2 * apart);
                var fourth = FloatVector.fromArray(S, vectors, at + 3 * apart);
                var even =
                        first.blend(third, upper).add(third.blend(first, upper).rearrange(crossed));
                var odd =
                        second.blend(fourth, upper)
                                .add(fourth.blend(second, upper).rearrange(crossed));
                even.blend(odd, upperOfHalf)
                        .add(odd.blend(even, upperOfHalf).rearrange(crossedInHalf))
                        .intoArray(vectors, at);
                zero.intoArray(vectors, at + apart);
                zero.intoArray(vectors, at + 2 * apart);
                zero.intoArray(vectors, at + 3 * apart);
            }
        }
    }

    /** Adds a vector to as many numbers elsewhere. */
    static void add(float[] vectors, int at, float[] to, int place) {
        FloatVector.fromArray(S, vectors, at)
                .add(FloatVector.fromArray(S, to, place))
                .intoArray(to, place);
    }
}
