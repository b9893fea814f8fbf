package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Ranges;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A sum over all pairs with its code, of which there is one for each set of tame exponentials. */
public final class CompiledDense {
    /** Arguments between which an exponential needs no care. */
    private static final double LEAST = -87;

    private static final double GREATEST = 1;

    /**
     * Code for one tile of targets.
     *
     * @param code takes as many targets as {@link #tile} says
     */
    public record Variant(SumCode code, Warmup warmup) {}

    public final DensePlan plan;

    /** Computes what depends on the passing row alone; null when all are plain loads. */
    public final MapCompiler.Compiled prepare;

    /** Outputs from sums; null if the sums are the outputs. */
    public final MapCompiler.Compiled finish;

    /**
     * A contraction of targets with the rows that go by.
     *
     * @param line of the plan
     * @param targets the slot of the targets
     * @param passing the slot of the others
     */
    public record Contracted(
            int line,
            Contraction kind,
            Slot targets,
            Slot passing,
            ContractionCode code,
            Warmup warmup) {}

    /** In the order of the plan's. */
    public final List<Contracted> contractions;

    /** The first of two loops over the pairs; empty where there is one. */
    public final Optional<Variant> stage;

    /** Rows that the code of contractions takes together. */
    public static final int TOGETHER = ContractionCompiler.ROWS;

    /** Targets of a tile. */
    public final int tile;

    private final Kernel kernel;
    private final UniformLayout uniforms;
    private final int vectors;
    private final Set<Integer> exponentials;
    private final Map<Set<Integer>, Variant> variants = new ConcurrentHashMap<>();

    CompiledDense(Kernel kernel, DensePlan plan, UniformLayout uniforms, CompiledKernels kernels) {
        this.kernel = kernel;
        this.plan = plan;
        this.uniforms = uniforms;
        String name = kernel.name();
        var precision = kernel.precision();
        prepare =
                plan.prepare.results().isEmpty()
                        ? null
                        : kernels.program("prepare " + name, plan.prepare, uniforms, precision);
        finish =
                plan.finish == null
                        ? null
                        : kernels.program("finish " + name, plan.finish, uniforms, precision);
        vectors = DenseCompiler.vectors(plan);
        tile = vectors * VectorWidth.lanes(precision);
        contractions = plan.contractions().stream().map(this::contracted).toList();
        stage =
                DenseCompiler.isStaged(plan)
                        ? Optional.of(stage(name, precision))
                        : Optional.empty();
        exponentials =
                plan.pairs().stream().filter(this::isExponential).collect(Collectors.toSet());
    }

    private Variant stage(String name, Precision precision) {
        SumCode code = StageCompiler.compile(name, plan, uniforms, precision, vectors);
        return new Variant(
                code, PairWarmups.ofStage(code, plan, tile, uniforms.length(), precision));
    }

    private Contracted contracted(int line) {
        var c = (Instruction.Contract) plan.ssa.get(line);
        var precision = kernel.precision();
        ContractionCode code = ContractionCompiler.compile(c.kind(), vectors, precision);
        boolean isLeft = plan.inputsAreTargets();
        return new Contracted(
                line,
                c.kind(),
                isLeft ? c.left() : c.right(),
                isLeft ? c.right() : c.left(),
                code,
                PairWarmups.of(code, tile, precision));
    }

    private boolean isExponential(int line) {
        return plan.ssa.get(line) instanceof Instruction.Apply a && a.op() == Op.EXP;
    }

    public Precision precision() {
        return kernel.precision();
    }

    /** Whether the code depends on what the rows hold. */
    public boolean asksForRanges() {
        return !exponentials.isEmpty();
    }

    /** The code for rows whose values lie in such ranges. */
    public Variant variant(Ranges ranges) {
        return variant(
                exponentials.stream()
                        .filter(
                                line -> {
                                    var exp = (Instruction.Apply) plan.ssa.get(line);
                                    return ranges.lies(exp.operand(0), LEAST, GREATEST);
                                })
                        .collect(Collectors.toSet()));
    }

    /** The code that is right for any numbers. */
    public Variant careful() {
        return variant(Set.of());
    }

    private Variant variant(Set<Integer> tame) {
        return variants.computeIfAbsent(tame, this::compile);
    }

    private Variant compile(Set<Integer> tame) {
        var precision = kernel.precision();
        SumCode code =
                DenseCompiler.compile(kernel.name(), plan, uniforms, precision, vectors, tame);
        return new Variant(code, PairWarmups.of(code, plan, tile, uniforms.length(), precision));
    }

    /** The warm-ups of the code for tame exponentials, which is the likelier, and of the maps. */
    public List<Warmup> warmups() {
        return warmups(variant(exponentials));
    }

    /** The warm-ups of one code and of the maps. */
    public List<Warmup> warmups(Variant variant) {
        var all = new ArrayList<>(List.of(variant.warmup()));
        contractions.forEach(c -> all.add(c.warmup()));
        stage.ifPresent(s -> all.add(s.warmup()));
        if (prepare != null) {
            all.add(prepare.warmup());
        }
        if (finish != null) {
            all.add(finish.warmup());
        }
        return all;
    }
}
