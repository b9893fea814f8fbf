package org.kernfield.cpu.internal.memory;

/**
 * Σ in float64 with what rounding takes from it (Knuth's two-sum): terms that are alike are all
 * rounded the same way.
 */
public final class RunningSum {
    private double sum;
    private double rest;

    public void add(double term) {
        double before = sum;
        sum = before + term;
        double added = sum - before;
        rest += before - (sum - added) + (term - added);
    }

    public double value() {
        double whole = sum + rest;
        // what infinities lose is not a number
        return Double.isNaN(whole) ? sum : whole;
    }
}
