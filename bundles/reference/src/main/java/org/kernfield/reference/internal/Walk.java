package org.kernfield.reference.internal;

/**
 * Visits the pairs of a neighbourhood. All pairs of one row of results come one after the other in
 * one fixed order, whatever the number of threads.
 */
interface Walk {
    /** Hands every pair to {@code gathering}. */
    void visit(Gathering gathering);

    /** Takes pairs, block by block. Rows of results may be on different threads. */
    @FunctionalInterface
    interface Gathering {
        /**
         * @param row of results
         * @param block the evaluated pairs
         * @param index which rows the lanes are
         * @param lanes how many there are
         */
        void take(int row, Lanes block, Index index, int lanes);
    }
}
