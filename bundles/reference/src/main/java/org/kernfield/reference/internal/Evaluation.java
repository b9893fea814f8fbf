package org.kernfield.reference.internal;

/** What is computed of a program's lines: their values, or how large or how uncertain they are. */
@FunctionalInterface
public interface Evaluation {
    /** A place to evaluate {@code code} for up to {@code lanes} rows or pairs at a time. */
    Lanes on(Code code, Reader[] readers, int lanes);

    /** Relative precision of an operation where tolerances are meant, 0 where values are. */
    default double unit() {
        return 0;
    }

    /** Whether results are tolerances. */
    default boolean isTolerance() {
        return unit() > 0;
    }

    /** The values. */
    Evaluation VALUE = Lanes::new;

    /** The absolute values of the results. */
    Evaluation MAGNITUDE = Magnitudes::new;

    /** The tolerance of values that stand alone, of operations rounded to {@code unit}. */
    static Evaluation toleranceOfValues(double unit) {
        return new Enclosing(unit, Enclosures.Use.VALUE);
    }

    /** The tolerance of terms of a sum, {@code unit · |term|} unless rounding may fork it. */
    static Evaluation toleranceOfTerms(double unit) {
        return new Enclosing(unit, Enclosures.Use.TERM);
    }

    /** The tolerance of terms of a sum including the rounding inside each term. */
    static Evaluation boundOfTerms(double unit) {
        return new Enclosing(unit, Enclosures.Use.ROUNDED_TERM);
    }

    /** Enclosures of what rounded operations may give. */
    record Enclosing(double unit, Enclosures.Use use) implements Evaluation {
        @Override
        public Lanes on(Code code, Reader[] readers, int lanes) {
            return new Enclosures(code, readers, lanes, unit, use);
        }
    }
}
