package org.kernfield.reference.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.kernel.Slot;

import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What the parts of one call share.
 *
 * @param reduction what is computed
 * @param args of it
 * @param buffers of the arguments
 * @param evaluation what is computed of each line
 * @param resources threads, memory and cancellation
 * @param code of the kernel
 */
record Job(
        Reduction reduction,
        Args args,
        Map<String, ReferenceBuffer> buffers,
        Evaluation evaluation,
        Resources resources,
        Code code) {
    int queries() {
        return Math.toIntExact(args.queries().count());
    }

    /** A kernel without parameters has no sources, and its sum no terms. */
    int sources() {
        return reduction.kernel().slots(Slot.Role.PARAM).isEmpty()
                ? 0
                : Math.toIntExact(args.sources(reduction));
    }

    /** Components of all outputs. */
    int width() {
        return code.results.length;
    }

    /** How many rows or pairs are evaluated at a time. */
    int lanes() {
        return Lanes.lanes(code.lines);
    }

    /** A place to evaluate the kernel. */
    Lanes block(Reader[] readers) {
        return evaluation.on(code, readers, lanes());
    }

    Reader[] readers(Map<String, Reader> filled) {
        return Reader.of(code.slots, args, buffers, filled);
    }

    /** Runs {@code part} for groups of rows, with memory for a block on each thread. */
    void inParts(int rows, int group, IntConsumer part) {
        int parts = Math.ceilDiv(rows, group);
        int threads = Math.min(parts, resources.workers().count());
        within(
                Lanes.bytes(code.lines, lanes()) * threads,
                "scratch of ",
                () -> {
                    resources.workers().forEach(parts, part);
                    return parts;
                });
    }

    /** Does {@code work} with so much of the budget taken. */
    <T> T within(long bytes, String what, Supplier<T> work) {
        resources.budget().take(bytes, what + "kernel " + reduction.kernel().name());
        try {
            return work.get();
        } finally {
            resources.budget().release(bytes);
        }
    }

    static int[] range(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }
}
