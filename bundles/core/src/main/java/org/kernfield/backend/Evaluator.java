package org.kernfield.backend;

import java.util.Map;

/** What computes: a session of a backend, or a facade before one. */
public interface Evaluator {
    /** A buffer of zeros. */
    Buffer allocate(ElementType type, long rows, int width);

    /** Computes a reduction; see {@link Session#run}. */
    void run(Reduction reduction, Args args, Map<String, Buffer> outputs);

    /** Operations on whole buffers beside reductions. */
    BufferOperations operations();
}
