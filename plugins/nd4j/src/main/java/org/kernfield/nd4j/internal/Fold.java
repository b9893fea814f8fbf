package org.kernfield.nd4j.internal;

/** What a part of the rows of results gathers from blocks of pairs, in float64. */
interface Fold {
    /**
     * Takes a block of queries × sources.
     *
     * @param intoSources whether the rows of results are the block's sources, not its queries
     * @param rows the other side's rows, which may be longer than the block
     */
    void dense(Block block, boolean intoSources, int[] rows);

    /**
     * Takes pairs side by side.
     *
     * @param first the row of results that this part begins with
     */
    void list(Block block, Lanes lanes, int first);

    /** Writes row k of this part as row {@code rows[k]} of the results. */
    void store(Results results, int[] rows, int count);
}
