package org.kernfield.field;

import org.kernfield.backend.Array;

/** A field that answers its derivatives by the coordinates. */
public interface Differentiable {
    /**
     * Jacobians at points.
     *
     * @param points n × inputs
     * @return n × (outputs · inputs), output-major, float32
     */
    Array jacobian(Array points, Compute compute);
}
