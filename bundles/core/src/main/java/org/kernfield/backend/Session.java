package org.kernfield.backend;

import org.osgi.annotation.versioning.ConsumerType;

import java.util.List;
import java.util.Map;

/**
 * One user's buffers and calls on a backend. Calls come from one thread at a time; inside, a
 * session uses the workers it was given. It owns no thread of its own.
 */
@ConsumerType
public interface Session extends Evaluator, AutoCloseable {
    /**
     * Allocates a buffer of zeros.
     *
     * @throws OutOfBudgetException naming the figure when the budget does not allow it
     */
    @Override
    Buffer allocate(ElementType type, long rows, int width);

    /**
     * Computes a reduction; returns when the results are complete.
     *
     * @param outputs a buffer for each of {@link Reduction#results}, overwritten; none of them is
     *     an argument
     * @throws IllegalArgumentException if slots and buffers do not fit, see {@link ArgsCheck}
     * @throws java.util.concurrent.CancellationException within 100 ms of a cancellation; the
     *     outputs are then undefined
     */
    @Override
    void run(Reduction reduction, Args args, Map<String, Buffer> outputs);

    /**
     * Announces reductions that will follow over such queries, so that a backend that compiles may
     * begin; it does nothing else and need not be called.
     */
    default void prepare(List<Reduction> reductions, Queries queries) {}

    /** Frees every buffer. */
    @Override
    void close();
}
