package org.kernfield.cpu.internal.code;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.plan.BlendPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A composite's kernel, or that of its derivatives, with its code. */
public final class CompiledBlend {
    public final Kernel kernel;
    public final UniformLayout uniforms;
    public final BlendPlan plan;

    /** Values that depend on the source alone; null when all are plain parameters. */
    public final MapCompiler.Compiled prepare;

    /** Derivatives from sums; null when laying sources over each other. */
    public final MapCompiler.Compiled finish;

    private final CompiledMap support;
    private final Renewable<BlendCode> fast;
    private final Renewable<BlendCode> careful;
    private final Supplier<Warmup> warmup;

    CompiledBlend(Reduction reduction, String raster, CompiledKernels kernels) {
        kernel = reduction.kernel();
        uniforms = new UniformLayout(kernel);
        plan = new BlendPlan(reduction, raster);
        String name = kernel.name();
        var precision = kernel.precision();
        boolean isTruncated = reduction.over() instanceof Neighbourhood.Tiles;
        support =
                kernel.support()
                        .filter(s -> isTruncated && s.slot().equals(raster))
                        .map(s -> kernels.map(s.boxes(kernel)))
                        .orElse(null);
        prepare =
                plan.pairs.prepare.results().isEmpty()
                        ? null
                        : kernels.rows("prepare " + name, plan.pairs.prepare, uniforms, precision);
        finish =
                plan.intoSources()
                        ? kernels.rows("finish " + name, plan.pairs.finish, uniforms, precision)
                        : null;
        if (plan.isLong) {
            careful = new Renewable<>(() -> new LongBlend(kernel, plan, raster));
            fast = careful;
        } else {
            careful = compiled(true);
            fast = plan.hasConstantChannels() || plan.intoSources() ? compiled(false) : careful;
        }
        warmup = new Once<>(() -> BlendWarmup.of(fast, plan, uniforms.length(), precision));
    }

    private Renewable<BlendCode> compiled(boolean isCareful) {
        return new Renewable<>(
                () ->
                        BlendCompiler.compile(
                                kernel.name(), plan, uniforms, kernel.precision(), isCareful));
    }

    /**
     * The map over sources that gives the boxes, where the reduction is over tiles and they bound
     * the pixels.
     */
    public Optional<CompiledMap> support() {
        return Optional.ofNullable(support);
    }

    /**
     * The pixel loop.
     *
     * @param isFinite whether nothing is infinite or NaN at a pixel that is not painted; otherwise
     *     that would spread
     */
    public BlendCode code(boolean isFinite) {
        return isFinite ? fast.get() : careful.get();
    }

    /** The warm-ups of all its codes. */
    public List<Warmup> warmups() {
        var all = new ArrayList<>(List.of(warmup.get()));
        if (prepare != null) {
            all.add(prepare.warmup());
        }
        if (finish != null) {
            all.add(finish.warmup());
        }
        if (support != null) {
            all.add(support.code.warmup());
        }
        return all;
    }
}
