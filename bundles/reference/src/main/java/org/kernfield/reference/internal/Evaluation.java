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

    /** The tolerance of values that stand alone, of operations rounded to {@code unit}. */
    static Evaluation toleranceOfValues(double unit) {
        return enclosing(unit, Enclosures.Use.VALUE);
    }

    /** The tolerance of terms of a sum, {@code unit · |term|} unless rounding may fork it. */
    static Evaluation toleranceOfTerms(double unit) {
        return enclosing(unit, Enclosures.Use.TERM);
    }

    /** The tolerance of terms of a sum including the rounding inside each term. */
    static Evaluation boundOfTerms(double unit) {
        return enclosing(unit, Enclosures.Use.ROUNDED_TERM);
    }

    private static Evaluation enclosing(double unit, Enclosures.Use use) {
        return (code, readers, lanes) -> new Enclosures(code, readers, lanes, unit, use);
    }
}
