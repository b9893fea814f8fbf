package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Resources;
import org.kernfield.cpu.internal.code.Warmup;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Scratch;

import java.util.List;
import java.util.function.IntConsumer;

/** What every schedule runs with: workers, budget and cancel token of a session, working memory. */
public final class Execution implements AutoCloseable {
    /** Items between two looks at the cancel token. */
    private static final int UNINTERRUPTED = 1 << 16;

    private final Resources resources;
    private final Scratch scratch;

    public Execution(Resources resources) {
        this.resources = resources;
        this.scratch = new Scratch(resources.budget());
    }

    Resources resources() {
        return resources;
    }

    Scratch scratch() {
        return scratch;
    }

    /** Waits for the compiler where a call of so many vectors is long enough to be worth it. */
    void warm(List<Warmup> warmups, long vectors) {
        long work = 0;
        for (Warmup warmup : warmups) {
            work += warmup.isWarm() ? 0 : vectors * warmup.operations();
        }
        if (work > Warmup.WORTHWHILE) {
            Warmup.await(warmups, resources.cancel());
        }
    }

    /** Runs parts on the workers, each after a look at the cancel token. */
    void forEach(int parts, IntConsumer part) {
        resources
                .workers()
                .forEach(
                        parts,
                        k -> {
                            resources.cancel().check();
                            part.accept(k);
                        });
    }

    /** Some items that follow each other. */
    interface Range {
        void run(int from, int to);
    }

    /** Runs over items in order, on this thread, with a look at the cancel token now and then. */
    void inTurn(int count, Range range) {
        int to;
        for (int from = 0; from < count; from = to) {
            resources.cancel().check();
            to = from + Math.min(UNINTERRUPTED, count - from);
            range.run(from, to);
        }
    }

    /** The least and the greatest of elements from {@code at} on; NaN if one of them is. */
    double[] extremes(Object array, int at, int count) {
        double[] all = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        inTurn(
                count,
                (from, to) -> {
                    double[] here = Numbers.extremes(array, at + from, at + to);
                    all[0] = Math.min(all[0], here[0]);
                    all[1] = Math.max(all[1], here[1]);
                });
        return all;
    }

    /** Lets go of the working memory. */
    @Override
    public void close() {
        scratch.close();
    }
}
