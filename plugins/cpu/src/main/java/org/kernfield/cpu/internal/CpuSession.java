package org.kernfield.cpu.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.ArgsCheck;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.BufferOperations;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.backend.Resources;
import org.kernfield.backend.Session;
import org.kernfield.cpu.internal.code.CompiledKernels;
import org.kernfield.cpu.internal.code.Warmup;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.schedule.Execution;
import org.kernfield.cpu.internal.schedule.GatherSchedule;
import org.kernfield.cpu.internal.schedule.MapSchedule;
import org.kernfield.cpu.internal.schedule.ScatterSchedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Buffers and calls of one user; the schedules do the work. */
final class CpuSession implements Session {
    private final CompiledKernels kernels;
    private final Resources resources;
    private final Execution execution;
    private final Set<PlanarBuffer> buffers = new LinkedHashSet<>();

    CpuSession(CompiledKernels kernels, Resources resources) {
        this.kernels = kernels;
        this.resources = resources;
        this.execution = new Execution(resources);
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
            case TOTAL ->
                    new MapSchedule(execution, kernels.map(reduction.kernel()))
                            .total(args, outputs);
            case SUM ->
                    new GatherSchedule(execution, kernels.pairs(reduction), args, outputs).run();
            case SUM_INTO_SOURCES ->
                    new ScatterSchedule(execution, kernels.pairs(reduction), args, outputs).run();
            default ->
                    throw new UnsupportedOperationException(
                            reduction.kind() + ": not by the cpu backend");
        }
    }

    @Override
    public void prepare(List<Reduction> reductions, Queries queries) {
        var warmups = new ArrayList<Warmup>();
        for (Reduction reduction : reductions) {
            switch (reduction.kind()) {
                case MAP, TOTAL -> warmups.add(kernels.map(reduction.kernel()).code.warmup());
                case SUM, SUM_INTO_SOURCES -> {
                    var pairs = kernels.pairs(reduction);
                    pairs.support().ifPresent(s -> warmups.add(s.code.warmup()));
                    warmups.addAll(
                            (queries instanceof Queries.Raster r
                                            ? pairs.boxes(r.slot())
                                            : pairs.dense())
                                    .warmups());
                }
                default -> {}
            }
        }
        Warmup.begin(warmups, resources.cancel());
    }

    @Override
    public BufferOperations operations() {
        throw new UnsupportedOperationException("cpu: no buffer operations");
    }

    @Override
    public void close() {
        List.copyOf(buffers).forEach(PlanarBuffer::close);
        execution.close();
    }
}
