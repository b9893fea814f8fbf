package org.kernfield.field;

import org.kernfield.backend.Array;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A field that draws whole functions: the same seed gives the same functions wherever they are
 * asked for, now and later, at as many points as one likes.
 */
@ConsumerType
public interface PathSampling {
    /**
     * Values of functions drawn from what is known, without the noise of observations.
     *
     * @param x m × d, float64
     * @param count how many functions, at least 1; but for rounding the first ones are the same for
     *     any count
     * @param seed the same seed gives the same functions
     * @return count × (m·p), float64, original units, a function in each row
     * @throws IllegalArgumentException if this field has no way to draw functions
     */
    Array paths(Array x, int count, long seed, Compute compute);
}
