package org.kernfield.cpu.internal.code;

import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A contraction of targets with the rows that go by.
 *
 * @param line of the plan
 * @param targets the slot of the targets
 * @param passing the slot of the others
 * @param scale the uniform that scales the components of both, if any
 * @param exact its code for any numbers
 * @param expanded its code for squares that are small enough; empty where it has no other
 */
public record CompiledContraction(
        int line,
        Contraction kind,
        Slot targets,
        Slot passing,
        Optional<Slot> scale,
        List<Pass> exact,
        List<Pass> expanded) {
    /** Rows of a group. */
    public static final int GROUP = ContractionCompiler.ROWS;

    /**
     * Components of a pass. What a tile has of them stays in cache, and a sum of a few sums rounds
     * far less than one of many terms: of squares that are expanded all digits count.
     */
    private static final int COMPONENTS = 64;

    /** Code for components {@code from} to {@code to} − 1. */
    public record Pass(ContractionCode code, int from, int to, Warmup warmup) {}

    static CompiledContraction of(
            int line,
            Contraction kind,
            Slot targets,
            Slot passing,
            Optional<Slot> scale,
            Precision precision) {
        boolean isDistance = kind == Contraction.SQDIST;
        int depth = targets.width();
        var differences =
                scale.isPresent()
                        ? ContractionForm.SCALED_DIFFERENCES
                        : ContractionForm.DIFFERENCES;
        var exact = isDistance ? differences : ContractionForm.PRODUCT;
        return new CompiledContraction(
                line,
                kind,
                targets,
                passing,
                scale,
                passes(exact, depth, precision),
                isDistance ? passes(ContractionForm.EXPANDED, depth, precision) : List.of());
    }

    private static List<Pass> passes(ContractionForm form, int depth, Precision precision) {
        var passes = new ArrayList<Pass>();
        Pass inner = null; // all but the first and the last are the same code
        for (int from = 0; from < depth; from += COMPONENTS) {
            int to = Math.min(depth, from + COMPONENTS);
            boolean isInner = from > 0 && to < depth;
            Pass pass;
            if (isInner && inner != null) {
                pass = new Pass(inner.code, from, to, inner.warmup);
            } else {
                var code = ContractionCompiler.compile(form, from == 0, to == depth, precision);
                pass = new Pass(code, from, to, PairWarmups.of(code, precision));
            }
            inner = isInner ? pass : inner;
            passes.add(pass);
        }
        return List.copyOf(passes);
    }

    /** Targets of a tile. */
    public static int tile(Precision precision) {
        return ContractionCompiler.VECTORS * VectorWidth.lanes(precision);
    }

    /** The warm-ups of the likelier code. */
    List<Warmup> warmups() {
        return (expanded.isEmpty() ? exact : expanded)
                .stream().map(Pass::warmup).distinct().toList();
    }
}
