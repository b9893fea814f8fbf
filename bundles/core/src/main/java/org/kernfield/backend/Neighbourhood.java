package org.kernfield.backend;

/** Which pairs of a query and a source a reduction visits. */
public sealed interface Neighbourhood {
    /** Every source for every query. */
    record All() implements Neighbourhood {}

    /**
     * The sources whose support box meets the query; needs {@link
     * org.kernfield.kernel.Kernel#support}. A backend may visit more pairs, never fewer.
     */
    record Tiles() implements Neighbourhood {}

    /** Every source for every query. */
    Neighbourhood ALL = new All();

    /** The sources whose support box meets the query. */
    Neighbourhood TILES = new Tiles();
}
