package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.TotalsCode;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Precision;

/**
 * Sums of some rows that grow part by part, with what rounding takes from them, so that long sums
 * keep their digits. The first part is summed in place: short sums cost no more for it.
 */
final class LongSums {
    private final TotalsCode code;
    private final int count;
    private final Object totals;
    private final Object lost;
    private final Object partial;
    private final Planes whole;
    private final Planes part;
    private int from;
    private int to;
    private int stride;
    private int parts;

    /**
     * @param code adds partial sums up
     * @param count planes
     * @param most rows at a time
     */
    LongSums(TotalsCode code, Precision precision, int count, int most) {
        this.code = code;
        this.count = count;
        int length = count * VectorWidth.roundUp(most);
        totals = Numbers.array(precision, length);
        lost = Numbers.array(precision, length);
        partial = Numbers.array(precision, length);
        whole = Planes.consecutive(totals, count, 0);
        part = Planes.consecutive(partial, count, 0);
    }

    /** Begins anew for rows {@code first} to {@code end} − 1. */
    void begin(int first, int end) {
        from = first;
        to = end;
        stride = VectorWidth.roundUp(end - first);
        parts = 0;
        for (int k = 0; k < count; k++) {
            whole.offsets()[k] = k * stride - first;
            part.offsets()[k] = k * stride - first;
        }
        Numbers.fill(totals, 0, count * stride, 0);
    }

    /** Planes, whole vectors long, that the next part is added to. */
    Planes next() {
        if (parts == 1) {
            Numbers.fill(lost, 0, count * stride, 0);
        }
        fold();
        return parts++ == 0 ? whole : part;
    }

    /** Adds the part before to the totals; it becomes 0. */
    private void fold() {
        if (parts > 1) {
            code.run(partial, totals, lost, 0, count * stride);
        }
    }

    /** Planes of the sums of all parts. */
    Planes end() {
        fold();
        return whole;
    }

    /** Copies the sums of all parts to their rows. */
    void end(Planes out) {
        fold();
        for (int k = 0; k < count; k++) {
            int at = out.offsets()[k] + from;
            Numbers.copy(totals, k * stride, out.arrays()[k], at, to - from);
        }
    }
}
