package org.kernfield.cpu.internal.linear;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Workers;

import java.util.function.IntConsumer;

/** The threads, memory and cancel token of one call. */
record Crew(Resources resources) {
    /** Fewer multiplications than this are not worth waking another thread for. */
    private static final double WORTHWHILE = 1_000_000;

    /** Runs parts, each after a look at the cancel token. */
    void forEach(int parts, double multiplications, IntConsumer part) {
        CancelToken cancel = resources.cancel();
        Workers workers = multiplications < WORTHWHILE ? Workers.SERIAL : resources.workers();
        workers.forEach(
                parts,
                k -> {
                    cancel.check();
                    part.accept(k);
                });
    }

    /** The same on the calling thread alone. */
    Crew alone() {
        return new Crew(new Resources(Workers.SERIAL, resources.budget(), resources.cancel()));
    }
}
