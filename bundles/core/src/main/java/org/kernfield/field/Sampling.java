package org.kernfield.field;

import org.kernfield.backend.Array;

/** A field that is one of many, and draws others that are as likely. */
public interface Sampling {
    /**
     * Functions drawn from what is known, each at all points jointly, without the noise of
     * observations.
     *
     * @param x m × d, float64
     * @param count how many, at least 1
     * @param seed the same seed gives the same draws
     * @return count × (m·p), float64, original units, a drawn function in each row
     */
    Array sample(Array x, int count, long seed, Compute compute);
}
