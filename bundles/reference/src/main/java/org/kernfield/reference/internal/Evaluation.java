package org.kernfield.reference.internal;

/** What is computed of a program's lines: their values, or how large or how uncertain they are. */
@FunctionalInterface
public interface Evaluation {
    /** A place to evaluate {@code code} for up to {@code lanes} rows or pairs at a time. */
    Lanes on(Code code, Reader[] readers, int lanes);

    /** The values. */
    Evaluation VALUE = Lanes::new;

    /** The absolute values of the results. */
    Evaluation MAGNITUDE = Magnitudes::new;

    /**
     * The tolerance of the results when operations are rounded to {@code unit}.
     *
     * @param map whether a result stands alone rather than being a term of a sum
     */
    static Evaluation tolerance(double unit, boolean map) {
        return (code, readers, lanes) -> new Enclosures(code, readers, lanes, unit, map);
    }
}
