package org.kernfield.field;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A fit in progress. The engine calls it from one thread at a time; between steps it may move to
 * another backend: {@link #state} on the old one, {@link #restore} on the new one before the next
 * step.
 */
@ConsumerType
public interface Fit {
    /**
     * One iteration of the optimiser, bounded: at most about 200 ms. Initial work spreads over the
     * first steps. {@link Compute#progress} says how far the fit is.
     *
     * @throws AbsentException before anything has changed, if something that the settings name is
     *     away; the step is asked for again later
     */
    void step(Compute compute);

    /** Whether the fit has reached its own target and wants no further step. */
    default boolean isDone() {
        return false;
    }

    /**
     * How far the fit is on its way to being done, 0 to 1, as well as it can tell; NaN if only the
     * bounds it was given tell. No step makes it fall. It is shown where a user gave no bound.
     */
    default double progress() {
        return Double.NaN;
    }

    /**
     * Everything needed to go on anywhere, in host memory; valid until the next step. It holds the
     * step and the seed, never a generator object.
     */
    State state(Compute compute);

    /**
     * Takes up a state, copying it; buffers of an earlier backend are gone and must not be used.
     * One that it cannot read it refuses with a sentence: where another version has written it, the
     * job waits for one that can.
     */
    void restore(State state, Compute compute);

    /** The current figures, cheap; no computing. */
    Metrics metrics();

    /** The result so far; the fit may go on afterwards. */
    Model finish(Compute compute);
}
