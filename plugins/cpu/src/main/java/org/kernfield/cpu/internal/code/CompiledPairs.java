package org.kernfield.cpu.internal.code;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.Segments;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Kernel;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A kernel over pairs with the code of its schedules, each compiled when it is first needed: dense
 * (queries as plain rows) and by boxes (queries as a raster).
 */
public final class CompiledPairs {
    /**
     * One way of running the pairs.
     *
     * @param plan the kernel taken apart
     * @param prepare values that depend on the source alone; null when all are plain parameters
     * @param finish outputs from sums; null when gathering
     * @param sum dense gathering; null otherwise
     * @param box by boxes whole vectors wide; null for dense gathering
     * @param tail by boxes of any width, compiled when asked for; null for dense gathering
     * @param warmup of {@code sum} or {@code box}
     */
    public record Variant(
            PairPlan plan,
            MapCompiler.Compiled prepare,
            MapCompiler.Compiled finish,
            SumCode sum,
            BoxCode box,
            Supplier<BoxCode> tail,
            Warmup warmup) {

        /** The warm-ups of all its codes. */
        public List<Warmup> warmups() {
            var all = new ArrayList<>(List.of(warmup));
            if (prepare != null) {
                all.add(prepare.warmup());
            }
            if (finish != null) {
                all.add(finish.warmup());
                all.add(Fold.WARMUP);
            }
            return all;
        }
    }

    public final Kernel kernel;
    public final UniformLayout uniforms;
    public final boolean isTruncated;
    private final CompiledKernels kernels;
    private final boolean intoSources;
    private final boolean isSymmetric;
    private final CompiledMap support;
    private final Once<Optional<CompiledDense>> tiles;

    /** The kernel with its contractions, where tiles have code for all of them. */
    private final Kernel contracting;

    private volatile Variant dense;

    /** By the slot that the raster fills. */
    private final Map<String, Variant> boxes = new ConcurrentHashMap<>();

    /**
     * @param kernel the reduction's kernel in operations that have code
     */
    CompiledPairs(Reduction reduction, Kernel kernel, CompiledKernels kernels) {
        this.kernels = kernels;
        this.kernel = kernel;
        var contracting =
                reduction
                        .kernel()
                        .lowered(CompiledKernels.OPERATIONS, EnumSet.allOf(Contraction.class));
        this.contracting = DensePlan.contracts(contracting) ? contracting : kernel;
        uniforms = new UniformLayout(kernel);
        isTruncated = reduction.over() instanceof Neighbourhood.Tiles;
        tiles = new Once<>(this::compileTiles);
        intoSources = reduction.kind() == Reduction.Kind.SUM_INTO_SOURCES;
        isSymmetric = reduction.symmetric();
        support = isTruncated ? kernels.map(kernel.support().orElseThrow().boxes(kernel)) : null;
    }

    /** The code of a sum over all pairs of rows in tiles, unless the formula is too long for it. */
    public Optional<CompiledDense> tiles() {
        return tiles.get();
    }

    private Optional<CompiledDense> compileTiles() {
        if (!DensePlan.isFor(kernel)) {
            return Optional.empty();
        }
        var plan = new DensePlan(contracting, intoSources, isSymmetric);
        return plan.cost() > Segments.LONGEST
                ? Optional.empty()
                : Optional.of(new CompiledDense(contracting, plan, uniforms, kernels));
    }

    /** Whether the reduction is over tiles whose boxes bound that slot, rather than another. */
    public boolean isBounding(String slot) {
        return isTruncated && kernel.support().orElseThrow().slot().equals(slot);
    }

    /** The map over sources that gives the boxes, where the reduction is over tiles. */
    public Optional<CompiledMap> support() {
        return Optional.ofNullable(support);
    }

    /** Adds partial sums up. */
    public TotalsCode totals() {
        return kernels.totals(kernel.precision());
    }

    /**
     * Queries are rows, any number at a time: for cells, and for formulas too long for {@link
     * #tiles}.
     */
    public Variant dense() {
        if (dense == null) {
            synchronized (this) {
                if (dense == null) {
                    dense = compile(null);
                }
            }
        }
        return dense;
    }

    /** Queries are the pixels of a raster whose coordinates the slot {@code raster} receives. */
    public Variant boxes(String raster) {
        return boxes.computeIfAbsent(raster, this::compile);
    }

    private Variant compile(String raster) {
        String name = kernel.name();
        PairPlan plan =
                intoSources
                        ? PairPlan.intoSources(kernel, raster)
                        : PairPlan.gather(kernel, raster);
        boolean byBox = intoSources || raster != null;
        if (plan.cost() > Segments.LONGEST) {
            plan = PairPlan.plain(kernel, raster, intoSources);
            var code = new LongPairs(kernel, plan, raster, !intoSources);
            return variant(plan, byBox ? null : code, byBox ? code : null, () -> code);
        }
        PairPlan taken = plan;
        return variant(
                plan,
                byBox ? null : SumCompiler.compile(name, plan, uniforms, kernel.precision()),
                byBox ? BoxCompiler.compile(name, plan, uniforms, kernel.precision(), false) : null,
                new Once<>(
                        () ->
                                BoxCompiler.compile(
                                        name, taken, uniforms, kernel.precision(), true)));
    }

    private Variant variant(PairPlan plan, SumCode sum, BoxCode box, Supplier<BoxCode> tail) {
        String name = kernel.name();
        return new Variant(
                plan,
                plan.prepare.results().isEmpty()
                        ? null
                        : kernels.rows(
                                "prepare " + name, plan.prepare, uniforms, kernel.precision()),
                plan.finish == null
                        ? null
                        : kernels.rows("finish " + name, plan.finish, uniforms, kernel.precision()),
                sum,
                box,
                tail,
                sum != null
                        ? PairWarmups.of(sum, plan, uniforms.length(), kernel.precision())
                        : PairWarmups.of(box, plan, uniforms.length(), kernel.precision()));
    }
}
