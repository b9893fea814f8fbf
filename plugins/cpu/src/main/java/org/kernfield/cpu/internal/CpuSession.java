package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.ArgsCheck;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Result;
import org.kernfield.backend.Session;
import org.kernfield.cpu.internal.code.CompiledBlend;
import org.kernfield.cpu.internal.code.CompiledKernels;
import org.kernfield.cpu.internal.code.Warmup;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.schedule.BufferSchedule;
import org.kernfield.cpu.internal.schedule.CompositeGradientSchedule;
import org.kernfield.cpu.internal.schedule.CompositeSchedule;
import org.kernfield.cpu.internal.schedule.DenseSchedule;
import org.kernfield.cpu.internal.schedule.Execution;
import org.kernfield.cpu.internal.schedule.GatherSchedule;
import org.kernfield.cpu.internal.schedule.ListSchedule;
import org.kernfield.cpu.internal.schedule.MapSchedule;
import org.kernfield.cpu.internal.schedule.ScatterSchedule;
import org.kernfield.cpu.internal.schedule.StencilSchedule;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Buffers and calls of one user; the schedules do the work. */
final class CpuSession implements Session {
    private final CompiledKernels kernels;
    private final Resources resources;
    private final Execution execution;
    private final BufferOperations operations;
    private final Set<PlanarBuffer> buffers = new LinkedHashSet<>();

    private final AtomicReference<Runnable> onClose;

    /**
     * @param onClose called once
     */
    CpuSession(CompiledKernels kernels, Resources resources, Runnable onClose) {
        this.onClose = new AtomicReference<>(onClose);
        this.kernels = kernels;
        this.resources = resources;
        this.execution = new Execution(resources);
        this.operations = new BufferSchedule(execution);
    }

    @Override
    public Buffer allocate(ElementType type, long rows, int width) {
        var holder = new PlanarBuffer[1];
        holder[0] =
                new PlanarBuffer(
                        type, rows, width, resources.budget(), () -> buffers.remove(holder[0]));
        buffers.add(holder[0]);
        return holder[0];
    }

    @Override
    public void run(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        ArgsCheck.check(reduction, args, outputs);
        resources.cancel().check();
        if (args.queries().count() > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(
                    args.queries().count()
                            + " queries: the cpu backend takes at most 2³¹ − 65 at"
                            + " once; run them in parts");
        }
        switch (reduction.kind()) {
            case MAP ->
                    new MapSchedule(execution, kernels.map(reduction.kernel())).map(args, outputs);
            case TOTAL -> total(reduction, args, outputs);
            case COMPOSITE ->
                    new CompositeSchedule(
                                    execution, blend(reduction, args), reduction, args, outputs)
                            .run();
            case COMPOSITE_INTO_SOURCES ->
                    new CompositeGradientSchedule(
                                    execution, blend(reduction, args), reduction, args, outputs)
                            .run();
            default -> pairs(reduction, args, outputs);
        }
    }

    private void pairs(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        if (reduction.over() instanceof Neighbourhood.Stencil) {
            new StencilSchedule(execution, kernels, reduction, args, outputs).run();
        } else if (isListed(reduction)) {
            new ListSchedule(execution, kernels, reduction, args, outputs).run();
        } else if (!isSummed(reduction)) {
            new DenseSchedule(execution, kernels, reduction, args, outputs).run();
        } else if (reduction.kind() == Reduction.Kind.SUM) {
            new GatherSchedule(execution, kernels.pairs(reduction), args, outputs).run();
        } else {
            new ScatterSchedule(execution, kernels.pairs(reduction), args, outputs).run();
        }
    }

    private static boolean isListed(Reduction reduction) {
        return reduction.over() == Neighbourhood.LISTS
                || reduction.over() instanceof Neighbourhood.Grid;
    }

    /** Whether it is a sum whose terms are added as they are computed. */
    private static boolean isSummed(Reduction reduction) {
        boolean isSum =
                reduction.kind() == Reduction.Kind.SUM
                        || reduction.kind() == Reduction.Kind.SUM_INTO_SOURCES;
        return isSum && reduction.kernel().slots(Slot.Role.PAIR).isEmpty();
    }

    /** The sum over rows, or over the sums of each query's pairs. */
    private void total(Reduction reduction, Args args, Map<String, Buffer> outputs) {
        if (reduction.kernel().slots(Slot.Role.PARAM).isEmpty()) {
            new MapSchedule(execution, kernels.map(reduction.kernel())).total(args, outputs);
            return;
        }
        var sum = new Reduction(Reduction.Kind.SUM, reduction.kernel(), reduction.over());
        var sums = new HashMap<String, Buffer>();
        try {
            for (Result result : sum.results(args)) {
                sums.put(result.name(), allocate(result.type(), result.rows(), result.width()));
            }
            pairs(sum, args, sums);
            int rows = (int) args.queries().count();
            Planes from = Planes.of(reduction.kernel(), sums);
            Planes to = Planes.of(reduction.kernel(), outputs);
            for (int k = 0; k < from.count(); k++) {
                int at = from.offsets()[k];
                double total = Numbers.sum(from.arrays()[k], at, at + rows);
                Numbers.set(to.arrays()[k], to.offsets()[k], total);
            }
        } finally {
            sums.values().forEach(Buffer::close);
        }
    }

    private CompiledBlend blend(Reduction reduction, Args args) {
        return kernels.blend(reduction, ((Queries.Raster) args.queries()).slot());
    }

    @Override
    public void prepare(List<Reduction> reductions, Queries queries) {
        var warmups = new ArrayList<Warmup>();
        reductions.forEach(r -> warmups.addAll(warmups(r, queries)));
        Warmup.begin(warmups, resources.cancel());
    }

    private List<Warmup> warmups(Reduction reduction, Queries queries) {
        boolean isTotal = reduction.kind() == Reduction.Kind.TOTAL;
        boolean hasSources = !reduction.kernel().slots(Slot.Role.PARAM).isEmpty();
        if (reduction.kind() == Reduction.Kind.MAP || isTotal && !hasSources) {
            return List.of(kernels.map(reduction.kernel()).code.warmup());
        }
        if (reduction.kind().isComposite()) {
            return queries instanceof Queries.Raster r
                    ? kernels.blend(reduction, r.slot()).warmups()
                    : List.of();
        }
        if (reduction.over() instanceof Neighbourhood.Stencil) {
            var values = kernels.values(reduction.kernel());
            var form = values.weights();
            return form != null && form.isConvolution(reduction.kind(), queries)
                    ? List.of()
                    : List.of(values.perOffset().map().warmup());
        }
        if (isListed(reduction)) {
            return List.of(kernels.values(reduction.kernel()).entries().warmup());
        }
        var sum =
                isTotal
                        ? new Reduction(Reduction.Kind.SUM, reduction.kernel(), reduction.over())
                        : reduction;
        if (!isSummed(sum)) {
            return List.of(kernels.values(reduction.kernel()).perSource().map().warmup());
        }
        var pairs = kernels.pairs(sum);
        var warmups = new ArrayList<Warmup>();
        if (queries instanceof Queries.Raster r) {
            warmups.addAll(pairs.boxes(r.slot()).warmups());
        } else if (pairs.tiles().isPresent()) {
            warmups.addAll(pairs.tiles().get().warmups());
        } else {
            warmups.addAll(pairs.dense().warmups());
        }
        pairs.support().ifPresent(s -> warmups.add(s.code.warmup()));
        return warmups;
    }

    @Override
    public BufferOperations operations() {
        return operations;
    }

    @Override
    public void close() {
        List.copyOf(buffers).forEach(PlanarBuffer::close);
        execution.close();
        onClose.getAndSet(() -> {}).run();
    }
}
