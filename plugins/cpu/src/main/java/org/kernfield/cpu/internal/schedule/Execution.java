package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Resources;
import org.kernfield.cpu.internal.code.Warmup;
import org.kernfield.cpu.internal.memory.Scratch;

import java.util.List;
import java.util.function.IntConsumer;

/** What every schedule runs with: workers, budget and cancel token of a session, working memory. */
public final class Execution implements AutoCloseable {
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

    /** Lets go of the working memory. */
    @Override
    public void close() {
        scratch.close();
    }
}
