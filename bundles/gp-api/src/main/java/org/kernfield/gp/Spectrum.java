package org.kernfield.gp;

import java.util.ArrayList;
import java.util.List;

/**
 * A stationary covariance as a sum of products of what has random frequencies: Σ_t v_t·B_t·E
 * cos(ω_t·(x − y)).
 *
 * @param terms none for a covariance that is 0 between rows
 */
record Spectrum(List<Term> terms) {
    /**
     * Adds a random angular frequency to {@code to}, a number for each column; ω and −ω are equally
     * likely.
     */
    @FunctionalInterface
    interface Frequency {
        void add(RandomNumbers random, double[] to);
    }

    /**
     * One of the sum.
     *
     * @param variance v
     * @param root of the matrix between outputs, B = RRᵀ, a row for each; null where all are 1
     * @param frequencies added up; none for a constant
     */
    record Term(double variance, double[][] root, List<Frequency> frequencies) {
        private Term times(Term other) {
            if (root != null && other.root != null) {
                throw new IllegalArgumentException(
                        "a product of two coregion: it has no random waves; write it as one");
            }
            var all = new ArrayList<>(frequencies);
            all.addAll(other.frequencies);
            return new Term(variance * other.variance, root == null ? other.root : root, all);
        }
    }

    static Spectrum constant(double variance) {
        return new Spectrum(List.of(new Term(variance, null, List.of())));
    }

    /** A correlation whose frequencies are distributed so. */
    static Spectrum of(double variance, Frequency frequency) {
        return new Spectrum(List.of(new Term(variance, null, List.of(frequency))));
    }

    Spectrum plus(Spectrum other) {
        var all = new ArrayList<>(terms);
        all.addAll(other.terms);
        return new Spectrum(all);
    }

    Spectrum times(Spectrum other) {
        var all = new ArrayList<Term>();
        for (Term term : terms) {
            other.terms.forEach(o -> all.add(term.times(o)));
        }
        return new Spectrum(all);
    }
}
