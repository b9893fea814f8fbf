package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.kernel.Precision;

/** Sums the lanes of stored vectors in a fixed order: halves, then quarters, and so on. */
public final class Fold {
    /** Of float32 vectors, the same for all code. */
    static final Warmup WARMUP = VectorWidth.HAS_VECTORS ? LaneSums.warmup() : Warmup.done();

    private Fold() {}

    /** Adds the sum of the lanes from {@code at} on to an element of an array of the same type. */
    public static void add(Object vectors, int at, int lanes, Object sums, int place) {
        if (vectors instanceof float[] floats) {
            ((float[]) sums)[place] += lanes(floats, at, lanes);
        } else {
            ((double[]) sums)[place] += lanes((double[]) vectors, at, lanes);
        }
    }

    /** Sources whose lanes are added up at one time: as many as a vector has lanes. */
    public static int together(Precision precision) {
        return VectorWidth.lanes(precision);
    }

    /**
     * Adds the lanes of some sources' sums to the sources' places, and clears them.
     *
     * @param vectors a vector for each term of the first source, then of the second, and so on, for
     *     {@link #together} sources, zero where there are fewer
     * @param out a plane for each term
     * @param outOffset where source 0 lies in each
     */
    public static void add(Object vectors, int from, int to, Object[] out, int[] outOffset) {
        int terms = out.length;
        if (vectors instanceof float[] floats && VectorWidth.HAS_VECTORS) {
            LaneSums.run(floats, terms);
            boolean isWhole = to - from == VectorWidth.LANES;
            for (int k = 0; k < terms; k++) {
                int at = k * VectorWidth.LANES;
                int place = outOffset[k] + from;
                if (isWhole) {
                    LaneSums.add(floats, at, (float[]) out[k], place);
                } else {
                    Numbers.add(floats, at, out[k], place, to - from);
                }
            }
            Numbers.fill(floats, 0, terms * VectorWidth.LANES, 0);
            return;
        }
        int lanes = VectorWidth.lanes(Numbers.precision(vectors));
        for (int j = from; j < to; j++) {
            for (int k = 0; k < terms; k++) {
                int at = ((j - from) * terms + k) * lanes;
                add(vectors, at, lanes, out[k], outOffset[k] + j);
            }
        }
        Numbers.fill(vectors, 0, (to - from) * terms * lanes, 0);
    }

    /** Written out for the usual widths: it stands in a loop over sources. */
    static float lanes(float[] v, int at, int lanes) {
        return switch (lanes) {
            case 1 -> v[at];
            case 2 -> v[at] + v[at + 1];
            case 4 -> (v[at] + v[at + 2]) + (v[at + 1] + v[at + 3]);
            case 8 -> four(v, at, 4) + four(v, at + 1, 4);
            default -> (eight(v, at) + eight(v, at + 2)) + (eight(v, at + 1) + eight(v, at + 3));
        };
    }

    /** Lanes at, at + 2, at + half, at + 2 + half of eight. */
    private static float four(float[] v, int at, int half) {
        return (v[at] + v[at + half]) + (v[at + 2] + v[at + 2 + half]);
    }

    /** Every fourth lane of sixteen. */
    private static float eight(float[] v, int at) {
        return (v[at] + v[at + 8]) + (v[at + 4] + v[at + 12]);
    }

    static double lanes(double[] v, int at, int lanes) {
        return switch (lanes) {
            case 1 -> v[at];
            case 2 -> v[at] + v[at + 1];
            case 4 -> (v[at] + v[at + 2]) + (v[at + 1] + v[at + 3]);
            default -> four(v, at) + four(v, at + 1);
        };
    }

    /** Every second lane of eight. */
    private static double four(double[] v, int at) {
        return (v[at] + v[at + 4]) + (v[at + 2] + v[at + 6]);
    }
}
