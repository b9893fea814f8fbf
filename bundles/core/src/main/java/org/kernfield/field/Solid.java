package org.kernfield.field;

/** A field in space whose first value is larger inside of something than outside. */
public interface Solid {
    /** A box that holds all that matters: least x, y, z, then largest x, y, z. */
    double[] bounds();

    /** The value at the surface, unless another is asked for. */
    double level();
}
