package org.kernfield.nd4j.internal;

import org.kernfield.backend.Backend;
import org.kernfield.backend.LinearAlgebra;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.kernel.Op;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * ND4J as a backend: each operation of a program is one call over a block of pairs. It needs memory
 * for every intermediate value, which code that is compiled for a kernel does not, so it ranks
 * below the cpu backend.
 */
public final class Nd4jBackend implements Backend {
    static final String NAME = "nd4j";
    static final int RANKING = 10;

    private final String version;
    private final Supplier<Nd4jRuntime> runtime;

    /**
     * Starts ND4J.
     *
     * @throws IllegalStateException in one sentence if it cannot be used
     */
    public Nd4jBackend() {
        this(Nd4jRuntime.start());
    }

    private Nd4jBackend(Nd4jRuntime runtime) {
        this(runtime.version(), () -> runtime);
    }

    /**
     * @param version of ND4J, for people
     * @param runtime asked for with the first session
     */
    Nd4jBackend(String version, Supplier<Nd4jRuntime> runtime) {
        this.version = version;
        this.runtime = runtime;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "ND4J %s, array by array, %d cores"
                .formatted(version, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public int ranking() {
        return RANKING;
    }

    /** All: those that ND4J lacks are computed element by element. */
    @Override
    public Set<Op> operations() {
        return EnumSet.allOf(Op.class);
    }

    /**
     * @throws IllegalStateException in one sentence if ND4J does not start
     */
    @Override
    public Session open(Resources resources) {
        return new Nd4jSession(resources, algebra());
    }

    /** The OpenBLAS that ND4J itself uses. */
    LinearAlgebra algebra() {
        return runtime.get().algebra();
    }
}
