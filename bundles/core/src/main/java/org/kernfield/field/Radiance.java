package org.kernfield.field;

import org.kernfield.backend.Array;

/** A field in space that shines and shades, asked at points and along rays. */
public interface Radiance {
    /**
     * Colours at points: those of everything that is there, by how much of it is there.
     *
     * @param points n × 3
     * @param directions n × 3, of the rays that see them, away from the eye; of any length above 0
     * @return n × 3, red, green, blue, unclipped; 0 where there is nothing
     */
    Array colours(Array points, Array directions, Compute compute);

    /**
     * The share of light that comes through from one point to another.
     *
     * @param from n × 3
     * @param to n × 3
     * @return n × 1, from 0 to 1
     */
    Array transmittance(Array from, Array to, Compute compute);
}
