package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.code.CompiledKernels;
import org.kernfield.cpu.internal.code.CompiledValues;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Slot;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs over the pairs of lists or of a grid: what they read is gathered block by block, evaluated a
 * vector of pairs at a time, and reduced row by row.
 */
public final class ListSchedule {
    /** Pairs of a part, about. */
    private static final int PART = 8192;

    private final Execution execution;
    private final CompiledKernels kernels;
    private final CompiledValues values;
    private final Reduction reduction;
    private final Args args;
    private final Map<String, Buffer> outputs;
    private final Planes out;
    private final Object uniforms;
    private GridEntries grid;

    public ListSchedule(
            Execution execution,
            CompiledKernels kernels,
            Reduction reduction,
            Args args,
            Map<String, Buffer> outputs) {
        this.execution = execution;
        this.kernels = kernels;
        this.values = kernels.values(reduction.kernel());
        this.reduction = reduction;
        this.args = args;
        this.outputs = outputs;
        this.out = Planes.of(reduction.kernel(), outputs);
        this.uniforms = values.uniforms.pack(values.kernel.precision(), args);
    }

    public void run() {
        Entries entries = entries();
        int total = entries.start(entries.rows());
        execution.warm(List.of(values.entries().warmup()), total / VectorWidth.LANES);
        var idle = new ConcurrentLinkedQueue<EntryWork>();
        execution.forEach(
                total / PART + 1,
                part -> {
                    var work = idle.poll();
                    int first = entries.rowFrom((long) part * PART);
                    int end = Math.min(entries.rows(), entries.rowFrom((part + 1L) * PART));
                    // the last part also has the empty rows after the last pair
                    end = part == total / PART ? entries.rows() : end;
                    work = work == null ? work() : work;
                    if (reduction.kind() == Reduction.Kind.MATRIX) {
                        write(entries, first, end, work);
                    } else {
                        reduce(entries, first, end, work);
                    }
                    idle.add(work);
                });
    }

    private Entries entries() {
        boolean intoSources = reduction.kind().isIntoSources();
        boolean hasSources = !values.kernel.slots(Slot.Role.PARAM).isEmpty();
        int sources = hasSources ? Math.toIntExact(args.sources(reduction)) : 0;
        if (reduction.over() instanceof Neighbourhood.Grid g) {
            grid = new GridEntries(g, values.kernel.slot(g.slot()).width(), args, sources);
            return intoSources ? new TransposedEntries(execution, grid, sources) : grid;
        }
        var byQuery = new ListEntries(args.lists(), false);
        if (!intoSources) {
            return byQuery;
        }
        return values.kernel.slots(Slot.Role.PAIR).isEmpty()
                ? new ListEntries(args.lists().transpose(execution.resources().cancel()), true)
                : new TransposedEntries(execution, byQuery, sources);
    }

    private EntryWork work() {
        return new EntryWork(
                values.entries(),
                values.kernel.precision(),
                args,
                uniforms,
                out.count(),
                grid,
                reduction.over() instanceof Neighbourhood.Grid g ? g.corner() : null);
    }

    private RowReducer reducer() {
        return switch (reduction.kind()) {
            case LOG_SUM_EXP ->
                    new RowReducer.LogSum(
                            out,
                            kernels.map(LogSums.exponential(values.kernel.precision())),
                            EntryWork.BLOCK);
            case MAX -> new RowReducer.Max(out, Maxima.planes(reduction, outputs));
            default -> new RowReducer.Sum(out);
        };
    }

    /** Rows {@code first} to {@code end} − 1, block by block of their pairs. */
    private void reduce(Entries entries, int first, int end, EntryWork work) {
        RowReducer reducer = reducer();
        int row = first;
        int last = entries.start(end);
        for (int from = entries.start(first); from < last; from += EntryWork.BLOCK) {
            execution.resources().cancel().check();
            int to = Math.min(last, from + EntryWork.BLOCK);
            entries.fill(from, to, work.query, work.source, work.number);
            work.evaluate(to - from);
            int taken = from;
            while (row < end) {
                int here = Math.min(to, entries.start(row + 1));
                if (here > taken) {
                    reducer.add(
                            work.values, EntryWork.STRIDE, taken - from, here - from, work.source);
                    taken = here;
                }
                if (entries.start(row + 1) > to) {
                    break;
                }
                reducer.end(row++);
            }
        }
        while (row < end) {
            reducer.end(row++);
        }
    }

    /** The value of each pair. */
    private void write(Entries entries, int first, int end, EntryWork work) {
        int last = entries.start(end);
        for (int from = entries.start(first); from < last; from += EntryWork.BLOCK) {
            execution.resources().cancel().check();
            int n = Math.min(last, from + EntryWork.BLOCK) - from;
            entries.fill(from, from + n, work.query, work.source, work.number);
            work.evaluate(n);
            for (int c = 0; c < out.count(); c++) {
                int at = c * EntryWork.STRIDE;
                System.arraycopy(work.values, at, out.arrays()[c], out.offsets()[c] + from, n);
            }
        }
    }
}
