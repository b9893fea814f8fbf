package org.kernfield.cpu.internal.code;

import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Op;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Program;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything compiled so far, by content; it lives and dies with the backend. */
public final class CompiledKernels {
    /** Operations that have vector code. */
    public static final Set<Op> OPERATIONS = Collections.unmodifiableSet(withCalls());

    private static Set<Op> withCalls() {
        var known = EnumSet.range(Op.ADD, Op.SELECT);
        known.addAll(EnumSet.range(Op.RANDOM, Op.LOG_BESSEL_K_BY_ORDER));
        return known;
    }

    private record MapKey(Program program, UniformLayout uniforms, Precision precision) {}

    private final Map<MapKey, MapCompiler.Compiled> programs = new ConcurrentHashMap<>();
    private final Map<MapKey, MapCompiler.Compiled> rows = new ConcurrentHashMap<>();
    private final Map<String, CompiledMap> maps = new ConcurrentHashMap<>();
    private final Map<String, CompiledPairs> pairs = new ConcurrentHashMap<>();
    private final Map<String, CompiledBlend> blends = new ConcurrentHashMap<>();
    private final Map<String, CompiledValues> values = new ConcurrentHashMap<>();

    private final Map<Precision, TotalsCode> totals = new ConcurrentHashMap<>();

    public CompiledMap map(Kernel kernel) {
        return maps.computeIfAbsent(
                kernel.fingerprint(), key -> new CompiledMap(lowered(kernel), this));
    }

    public CompiledPairs pairs(Reduction reduction) {
        return pairs.computeIfAbsent(
                reduction.key(),
                key -> new CompiledPairs(reduction, lowered(reduction.kernel()), this));
    }

    private static Kernel lowered(Kernel kernel) {
        return kernel.lowered(OPERATIONS, Set.of());
    }

    /** The code that gives the value of each pair. */
    public CompiledValues values(Kernel kernel) {
        return values.computeIfAbsent(
                kernel.fingerprint(), key -> new CompiledValues(lowered(kernel), this));
    }

    /**
     * The code of a composite.
     *
     * @param raster the slot of pixel coordinates
     */
    public CompiledBlend blend(Reduction reduction, String raster) {
        return blends.computeIfAbsent(
                raster + " " + reduction.key(),
                key -> new CompiledBlend(reduction.of(lowered(reduction.kernel())), raster, this));
    }

    /** The code that adds partial sums up. */
    public TotalsCode totals(Precision precision) {
        return totals.computeIfAbsent(precision, TotalsCompiler::compile);
    }

    /** The code of a map; a formula and its derivatives share what they have in common. */
    MapCompiler.Compiled program(
            String name, Program program, UniformLayout uniforms, Precision precision) {
        return programs.computeIfAbsent(
                new MapKey(program, uniforms, precision),
                key -> MapCompiler.compile(name, program, uniforms, precision));
    }

    /** As {@link #program}, for maps over rows, which are compiled only once that pays. */
    MapCompiler.Compiled rows(
            String name, Program program, UniformLayout uniforms, Precision precision) {
        return rows.computeIfAbsent(
                new MapKey(program, uniforms, precision),
                key -> MapCompiler.adaptive(name, program, uniforms, precision));
    }

    /** Forgets everything, so that the classes can be collected. */
    public void clear() {
        programs.clear();
        rows.clear();
        maps.clear();
        pairs.clear();
        blends.clear();
        values.clear();
        totals.clear();
    }
}
