package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Ranges;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A sum over all pairs with its code, of which there is one for each set of tame exponentials. */
public final class CompiledDense {
    /** Arguments between which an exponential needs no care. */
    private static final double LEAST = -87;

    private static final double GREATEST = 1;

    /**
     * Code of one loop over the pairs.
     *
     * @param code takes {@code together} rows at a time
     * @param single takes one row at a time, compiled when it is first needed
     */
    public record Variant(StripCode code, int together, Supplier<Variant> single, Warmup warmup) {
        /** Its warm-ups for so many rows. */
        List<Warmup> warmups(int rows) {
            return rows % together == 0 ? List.of(warmup) : List.of(warmup, single.get().warmup);
        }
    }

    public final DensePlan plan;

    /** Computes what depends on the passing row alone; null when all are plain loads. */
    public final MapCompiler.Compiled preparePassing;

    /** Computes what depends on the target alone; null when all are plain loads. */
    public final MapCompiler.Compiled prepareTargets;

    /** Outputs from sums; null if the sums are the outputs. */
    public final MapCompiler.Compiled finish;

    /** In the order of the plan's. */
    public final List<CompiledContraction> contractions;

    /** The first of two loops over the pairs; empty where there is one. */
    public final Optional<Variant> stage;

    public final StripLayout layout;

    /** Adds partial sums up. */
    public final TotalsCode totals;

    /** The same sum for coordinates near zero, which is faster; empty where there is none. */
    public final Supplier<Optional<CompiledDense>> scaled;

    private final Kernel kernel;
    private final UniformLayout uniforms;
    private final StripCompiler compiler;
    private final Set<Integer> exponentials;
    private final Map<Set<Integer>, Variant> variants = new ConcurrentHashMap<>();
    private final Map<Set<Integer>, Variant> bothWays = new ConcurrentHashMap<>();

    CompiledDense(Kernel kernel, DensePlan plan, UniformLayout uniforms, CompiledKernels kernels) {
        this.kernel = kernel;
        this.plan = plan;
        this.uniforms = uniforms;
        layout = StripLayout.of(plan, kernel.precision());
        compiler = new StripCompiler(kernel.name(), plan, uniforms, kernel.precision());
        preparePassing = map("prepare", plan.preparePassing, kernels);
        prepareTargets = map("prepare", plan.prepareTargets, kernels);
        finish = plan.finish == null ? null : map("finish", plan.finish, kernels);
        contractions = plan.contractions().stream().map(this::contracted).toList();
        stage =
                StripCompiler.isStaged(plan)
                        ? Optional.of(
                                variant(compiler::stage, plan.stages.orElseThrow().first().size()))
                        : Optional.empty();
        exponentials =
                plan.pairs().stream().filter(this::isExponential).collect(Collectors.toSet());
        totals = kernels.totals(kernel.precision());
        scaled =
                new Once<>(
                        () ->
                                plan.scaled()
                                        .map(p -> new CompiledDense(kernel, p, uniforms, kernels)));
    }

    private MapCompiler.Compiled map(String what, Program program, CompiledKernels kernels) {
        return program.results().isEmpty()
                ? null
                : kernels.program(
                        what + " " + kernel.name(), program, uniforms, kernel.precision());
    }

    private CompiledContraction contracted(int line) {
        var c = (Instruction.Contract) plan.ssa.get(line);
        boolean isLeft = plan.inputsAreTargets();
        return CompiledContraction.of(
                line,
                c.kind(),
                isLeft ? c.left() : c.right(),
                isLeft ? c.right() : c.left(),
                c.scale(),
                kernel.precision());
    }

    private boolean isExponential(int line) {
        return plan.ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.EXP;
    }

    public Precision precision() {
        return kernel.precision();
    }

    /** Whether the code depends on what the rows hold. */
    public boolean asksForRanges() {
        return !exponentials.isEmpty() || !contractions.isEmpty();
    }

    /** The code for exponentials that need no care; none of them is right for any numbers. */
    public Variant variant(Set<Integer> tame) {
        return variants.computeIfAbsent(
                tame, t -> variant(rows -> compiler.sum(rows, t), plan.cost()));
    }

    /** The code for rows of the sum and for targets at once, of a symmetric sum. */
    public Variant bothWays(Set<Integer> tame) {
        return bothWays.computeIfAbsent(
                tame, t -> variant(rows -> compiler.both(rows, t), plan.cost()));
    }

    /** The exponentials that need no care for values in such ranges. */
    public Set<Integer> tame(Ranges ranges) {
        return exponentials.stream()
                .filter(
                        line -> {
                            var exp = (Instruction.Apply) plan.ssa.get(line);
                            return ranges.lies(exp.operand(0), LEAST, GREATEST);
                        })
                .collect(Collectors.toSet());
    }

    /**
     * @param compile code for so many rows taken together
     */
    private Variant variant(IntFunction<StripCode> compile, int cost) {
        return variant(compile, StripCompiler.together(plan), cost);
    }

    private Variant variant(IntFunction<StripCode> compile, int together, int cost) {
        StripCode code = compile.apply(together);
        var warmup =
                PairWarmups.of(code, plan, together, uniforms.length(), kernel.precision(), cost);
        return new Variant(code, together, new Once<>(() -> variant(compile, 1, cost)), warmup);
    }

    /** The warm-ups of the code for tame exponentials, which is the likelier, and of the maps. */
    public List<Warmup> warmups() {
        return scaled.get().orElse(this).warmups(exponentials, 0);
    }

    /**
     * The warm-ups of one code and of the maps.
     *
     * @param rows that will go by
     */
    public List<Warmup> warmups(Set<Integer> tame, int rows) {
        var all = new ArrayList<>(variant(tame).warmups(rows));
        if (plan.bothWays.isPresent()) {
            all.addAll(bothWays(tame).warmups(rows));
        }
        contractions.forEach(c -> all.addAll(c.warmups()));
        stage.ifPresent(s -> all.addAll(s.warmups(rows)));
        for (var map : new MapCompiler.Compiled[] {preparePassing, prepareTargets, finish}) {
            if (map != null) {
                all.add(map.warmup());
            }
        }
        return all;
    }
}
