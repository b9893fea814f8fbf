package org.kernfield.gp.model;

import org.kernfield.field.Compute;
import org.kernfield.field.Model;
import org.kernfield.field.State;
import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.LeaveOneOut;

/** How a fit conditions on all rows once it has its hyper-parameters. */
interface Conclusion {
    /**
     * What came out.
     *
     * @param others what rows would be told from the others, some or all
     */
    record Result(Model model, LeaveOneOut others, double logMarginal) {}

    /**
     * The hyper-parameters that it ends with, as far as it has come.
     *
     * @param k those of the search
     */
    BoundCovariance chosen(BoundCovariance k);

    /** A bounded part of the work that is worth keeping. */
    void step(BoundCovariance k, Compute compute);

    /** Whether nothing is left but {@link #finish}. */
    boolean isDone();

    /** How much of the steps is done, 0 to 1. */
    double progress();

    /** What {@link #step}s and {@link #finish} cost, in the units of {@link Course.Leg#cost}. */
    double cost();

    /** Adds what was done so far to a state. */
    void save(State into);

    /** Takes up what {@link #save} wrote. */
    void restore(State from, BoundCovariance k, Compute compute);

    /**
     * The model; what is left of the steps is done on the side, and not kept.
     *
     * @param k what {@link #chosen} says
     * @param health to which is added, and which becomes the model's report
     */
    Result finish(BoundCovariance k, Health health, Compute compute);
}
