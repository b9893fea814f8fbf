package org.kernfield.field;

import org.kernfield.backend.Array;

/**
 * A Gaussian at each of m points, jointly where a covariance was asked for; float64, original
 * units.
 *
 * @param mean m × p
 * @param variance m × p, or null where it was not asked for
 * @param covariance (m·p) × (m·p), rows and columns in the order of the mean's elements, or null
 *     where it was not asked for
 */
public record Prediction(Array mean, Array variance, Array covariance) {}
