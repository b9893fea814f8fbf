package org.kernfield.backend;

import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is done with the values of a kernel F over queries i and sources j. An output of the kernel
 * becomes a buffer of the output's width; results are written over what the buffer held.
 *
 * @param kind the reduction
 * @param kernel the formula
 * @param over which pairs are visited, for the sums
 */
public record Reduction(Kind kind, Kernel kernel, Neighbourhood over) {
    /** The reductions a backend implements. */
    public enum Kind {
        /** y_i = F(x_i): one row a query; the kernel has no parameters. */
        MAP,
        /** y_i = Σ_j F(x_i, p_j): one row a query. */
        SUM,
        /** z_j = Σ_i F(x_i, p_j): one row a source; the transpose of {@link #SUM}. */
        SUM_INTO_SOURCES,
        /** t = Σ_i F(x_i): one row, accumulated in float64; the kernel has no parameters. */
        TOTAL
    }

    public Reduction {
        boolean pairs = kind == Kind.SUM || kind == Kind.SUM_INTO_SOURCES;
        if (!pairs && !kernel.slots(Slot.Role.PARAM).isEmpty()) {
            throw new IllegalArgumentException(
                    kind + " of " + kernel + ": it has parameters but no sources; use inputs");
        }
        if (over instanceof Neighbourhood.Tiles && kernel.support().isEmpty()) {
            throw new IllegalArgumentException(
                    kind + " of " + kernel + " over tiles: it has no support; add support(…)");
        }
    }

    public static Reduction map(Kernel kernel) {
        return new Reduction(Kind.MAP, kernel, Neighbourhood.ALL);
    }

    public static Reduction sum(Kernel kernel, Neighbourhood over) {
        return new Reduction(Kind.SUM, kernel, over);
    }

    public static Reduction sumIntoSources(Kernel kernel, Neighbourhood over) {
        return new Reduction(Kind.SUM_INTO_SOURCES, kernel, over);
    }

    public static Reduction total(Kernel kernel) {
        return new Reduction(Kind.TOTAL, kernel, Neighbourhood.ALL);
    }

    /**
     * The reductions that carry a cotangent of this map or sum back to its slots. Each reads the
     * arguments of this reduction and an input {@code d_<output>} for each output, and gives {@code
     * d_<slot>}.
     *
     * @param wrt names of slots; a uniform's gradient comes from a {@link Kind#TOTAL} for a map
     * @throws UnsupportedOperationException for the uniforms of a sum, and for totals and sums into
     *     sources
     * @throws org.kernfield.kernel.KernelException for an unknown slot
     */
    public List<Reduction> vjp(Set<String> wrt) {
        var byQuery = new LinkedHashSet<String>();
        var bySource = new LinkedHashSet<String>();
        var uniforms = new HashSet<String>();
        for (String name : wrt) {
            switch (kernel.slot(name).role()) {
                case INPUT -> byQuery.add(name);
                case PARAM -> bySource.add(name);
                case UNIFORM -> uniforms.add(name);
            }
        }
        boolean transposed = kind == Kind.TOTAL || kind == Kind.SUM_INTO_SOURCES;
        if (transposed || (kind == Kind.SUM && !uniforms.isEmpty())) {
            throw new UnsupportedOperationException(
                    "derivative of "
                            + kind
                            + " of "
                            + kernel
                            + " by "
                            + wrt
                            + ": not among the reductions; make it a parameter or an input");
        }
        var reductions = new ArrayList<Reduction>();
        if (!byQuery.isEmpty()) {
            reductions.add(new Reduction(kind, kernel.vjp(byQuery), over));
        }
        if (!bySource.isEmpty()) {
            reductions.add(new Reduction(Kind.SUM_INTO_SOURCES, kernel.vjp(bySource), over));
        }
        if (!uniforms.isEmpty()) {
            reductions.add(new Reduction(Kind.TOTAL, kernel.vjp(uniforms), over));
        }
        return reductions;
    }

    /** Key of compiled code: two reductions with one key compute the same. */
    public String key() {
        return kind + ":" + over.getClass().getSimpleName() + ":" + kernel.fingerprint();
    }
}
