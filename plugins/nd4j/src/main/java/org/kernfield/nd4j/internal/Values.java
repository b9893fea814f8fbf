package org.kernfield.nd4j.internal;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import org.kernfield.backend.ElementType;

import java.lang.foreign.MemorySegment;

/**
 * A line's numbers over a block, whatever its shape: element (query, source) lies at query ·
 * rowStride + source · columnStride.
 *
 * @param register null for one number
 * @param scalar that number
 * @param rowStride 0 where queries share
 * @param columnStride 0 where sources share
 */
record Values(Register register, double scalar, int rowStride, int columnStride) {
    /** Numbers that are added in four plain sums, so that few roundings are to one side. */
    private static final int STRETCH = 256;

    boolean isScalar() {
        return register == null;
    }

    double at(int query, int source) {
        return register == null
                ? scalar
                : register.get((long) query * rowStride + (long) source * columnStride);
    }

    /** Σ_s x_qs in float64, in an order that does not depend on anything but the count. */
    double sumOfRow(int query, int sources) {
        if (columnStride == 0) {
            return sources * at(query, 0);
        }
        long first = (long) query * rowStride;
        double sum = 0;
        double lost = 0;
        for (int from = 0; from < sources; from += STRETCH) {
            double some = sumOfStretch(first + from, Math.min(STRETCH, sources - from));
            double after = sum + some;
            lost += Sums.lost(sum, some, after);
            sum = after;
        }
        return Sums.whole(sum, lost);
    }

    private double sumOfStretch(long first, int count) {
        return register.type == ElementType.F32
                ? sumOfSingles(register.data, first, count)
                : sumOfDoubles(register.data, first, count);
    }

    private static double sumOfSingles(MemorySegment x, long first, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        for (; k <= count - 4; k += 4) {
            a += x.getAtIndex(JAVA_FLOAT, first + k);
            b += x.getAtIndex(JAVA_FLOAT, first + k + 1);
            c += x.getAtIndex(JAVA_FLOAT, first + k + 2);
            d += x.getAtIndex(JAVA_FLOAT, first + k + 3);
        }
        for (; k < count; k++) {
            a += x.getAtIndex(JAVA_FLOAT, first + k);
        }
        return a + b + (c + d);
    }

    private static double sumOfDoubles(MemorySegment x, long first, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        for (; k <= count - 4; k += 4) {
            a += x.getAtIndex(JAVA_DOUBLE, first + k);
            b += x.getAtIndex(JAVA_DOUBLE, first + k + 1);
            c += x.getAtIndex(JAVA_DOUBLE, first + k + 2);
            d += x.getAtIndex(JAVA_DOUBLE, first + k + 3);
        }
        for (; k < count; k++) {
            a += x.getAtIndex(JAVA_DOUBLE, first + k);
        }
        return a + b + (c + d);
    }

    /** sums_s += Σ_q x_qs in float64 over queries {@code from} to {@code to − 1}, one by one. */
    void addColumns(int from, int to, int sources, double[] sums) {
        for (int q = from; q < to; q++) {
            if (register == null || columnStride == 0) {
                double x = at(q, 0);
                for (int s = 0; s < sources; s++) {
                    sums[s] += x;
                }
            } else if (register.type == ElementType.F32) {
                addSingles(register.data, (long) q * rowStride, sources, sums);
            } else {
                addDoubles(register.data, (long) q * rowStride, sources, sums);
            }
        }
    }

    private static void addSingles(MemorySegment x, long first, int count, double[] sums) {
        for (int s = 0; s < count; s++) {
            sums[s] += x.getAtIndex(JAVA_FLOAT, first + s);
        }
    }

    private static void addDoubles(MemorySegment x, long first, int count, double[] sums) {
        for (int s = 0; s < count; s++) {
            sums[s] += x.getAtIndex(JAVA_DOUBLE, first + s);
        }
    }
}
