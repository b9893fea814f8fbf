package org.kernfield.cpu.internal.code;

/** Compiled code that adds partial sums to totals. */
public interface TotalsCode {
    /**
     * totals += sums, with what rounding loses; the sums become 0.
     *
     * @param totals added to from {@code at} on
     * @param lost what the totals have lost so far, beside them
     * @param at of the first total
     * @param length of the sums, a multiple of the vector length
     */
    void run(Object sums, Object totals, Object lost, int at, int length);
}
