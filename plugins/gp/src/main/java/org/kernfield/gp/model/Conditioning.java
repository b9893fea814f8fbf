package org.kernfield.gp.model;

import org.kernfield.field.Compute;

/** The equations of a fitted process, to be solved once more. */
interface Conditioning {
    /** What is added to the diagonal of K(X, X), n numbers. */
    double[] noise(Compute compute);

    /**
     * (K(X, X) + noise)⁻¹·B.
     *
     * @param right B, n × columns; not modified
     * @return n × columns
     */
    double[] solve(double[] right, int columns, Compute compute);
}
