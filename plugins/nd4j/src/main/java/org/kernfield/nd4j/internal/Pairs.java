package org.kernfield.nd4j.internal;

import org.kernfield.backend.CancelToken;

/** The pairs of each row of results, made when they are needed. */
interface Pairs {
    /** Takes pairs of a row in their order. */
    interface Taker {
        /**
         * @param entry row of the pair slots
         */
        void take(int query, int source, long entry);
    }

    /** Rows of results. */
    int rows();

    /** Pairs of all rows, about. */
    long total();

    /** Hands the pairs of a row over. */
    void each(int row, Taker taker);

    /** Bytes that {@link #transposed} takes. */
    long transposedBytes();

    /**
     * The pairs seen from the sources.
     *
     * @param cancel polled every few milliseconds
     */
    Pairs transposed(CancelToken cancel);
}
