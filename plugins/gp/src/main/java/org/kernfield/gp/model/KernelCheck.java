package org.kernfield.gp.model;

import org.kernfield.backend.Array;
import org.kernfield.field.Compute;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Definiteness;
import org.kernfield.gp.exact.IndefiniteException;
import org.kernfield.gp.exact.Observations;

/**
 * Refuses what is no covariance function, by what the rows of a table tell of it: a few of every
 * kernel, more of a user's formula, which alone may be anything.
 */
final class KernelCheck {
    /** Rows of a look. */
    private static final int FEW = 128;

    /** Rows of the last look at a formula, where the whole matrix is never made. */
    private static final int MANY = 2000;

    private final Observations data;
    private final RowSamples samples;

    KernelCheck(Observations data, long seed) {
        this.data = data;
        this.samples = new RowSamples(data, new RowOrder(data.rows(), seed));
    }

    /**
     * A look that costs little.
     *
     * @throws IndefiniteException if it is none
     */
    void few(BoundCovariance k, Compute compute) {
        Definiteness.check(k, samples.random(FEW), compute);
        Definiteness.check(k, samples.spread(FEW), compute);
        if (k.hasFormula()) {
            Definiteness.check(k, samples.near(FEW), compute);
        }
    }

    /**
     * A look at what was found in the end: of a formula as many rows as can be afforded.
     *
     * @param isWhole whether matrices of all rows are
     * @throws IndefiniteException if it is none
     */
    void most(BoundCovariance k, boolean isWhole, Compute compute) {
        if (k.hasFormula() && isWhole) {
            Definiteness.check(k, Array.of(data.columns(), data.x()), compute);
            return;
        }
        few(k, compute);
        if (k.hasFormula()) {
            Definiteness.check(k, samples.random(MANY), compute);
            Definiteness.check(k, samples.near(MANY), compute);
        }
    }
}
