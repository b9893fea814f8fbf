package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.code.CompiledKernels;
import org.kernfield.cpu.internal.code.CompiledValues;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.memory.RunningSum;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs over all pairs where the value of each is needed by itself: block by block of queries,
 * source by source, a vector of queries at a time.
 */
public final class DenseSchedule {
    /** Queries of a block, so that some planes of values stay in the nearest cache. */
    private static final int BLOCK = 512;

    /** Queries of a block of a matrix: long runs of each column. */
    private static final int COLUMN = 4096;

    /** Sources of a part of a matrix. */
    private static final int COLUMNS = 64;

    /** Sources of a partial sum: bounds the rounding of long sums. */
    private static final int PARTIAL = 64;

    /** Sources of a part where results belong to the sources. */
    private static final int PART = 16;

    /** Queries between two looks at the cancel token. */
    private static final int UNINTERRUPTED = 1 << 16;

    private final Execution execution;
    private final CompiledKernels kernels;
    private final CompiledValues values;
    private final Reduction reduction;
    private final Args args;
    private final Map<String, Buffer> outputs;
    private final Planes out;
    private final Planes maxima;
    private final Precision precision;
    private final int queries;
    private final int sources;

    public DenseSchedule(
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
        this.precision = values.kernel.precision();
        this.outputs = outputs;
        this.out = Planes.of(reduction.kernel(), outputs);
        this.maxima =
                reduction.kind() == Reduction.Kind.MAX ? Maxima.planes(reduction, outputs) : null;
        this.queries = (int) args.queries().count();
        boolean hasSources = !values.kernel.slots(Slot.Role.PARAM).isEmpty();
        this.sources = hasSources ? Math.toIntExact(args.sources(reduction)) : 0;
    }

    public void run() {
        execution.warm(
                List.of(values.perSource().map().warmup()),
                (long) queries / VectorWidth.LANES * sources);
        if (reduction.kind() == Reduction.Kind.SUM_INTO_SOURCES) {
            intoSources();
            return;
        }
        if (reduction.kind() == Reduction.Kind.MATRIX) {
            matrix();
            return;
        }
        execution.forEach(
                Math.ceilDiv(queries, BLOCK),
                part -> {
                    int from = part * BLOCK;
                    int end = Math.min(queries, from + BLOCK);
                    var work = new SourceWork(values, args);
                    work.queries(from, end);
                    switch (reduction.kind()) {
                        case MAX -> max(work, from, end);
                        case LOG_SUM_EXP -> logSum(work, from, end);
                        default -> sum(work, from, end);
                    }
                });
    }

    private void poll(int source, int length) {
        if (source % Math.max(1, UNINTERRUPTED / length) == 0) {
            execution.resources().cancel().check();
        }
    }

    /** Planes for the values of queries {@code from} on in an array of their own. */
    private Planes block(int from, int length) {
        int stride = VectorWidth.roundUp(length);
        var planes =
                Planes.consecutive(
                        Numbers.array(precision, out.count() * stride), out.count(), stride);
        for (int c = 0; c < planes.count(); c++) {
            planes.offsets()[c] -= from;
        }
        return planes;
    }

    private void matrix() {
        int across = Math.ceilDiv(sources, COLUMNS);
        execution.forEach(
                Math.ceilDiv(queries, COLUMN) * across,
                part -> {
                    int from = part / across * COLUMN;
                    int end = Math.min(queries, from + COLUMN);
                    var work = new SourceWork(values, args);
                    work.queries(from, end);
                    int first = part % across * COLUMNS;
                    matrix(work, from, end, first, Math.min(sources, first + COLUMNS));
                });
    }

    /** A row of a matrix holds the components of source 0, 1, …: each is a plane. */
    private void matrix(SourceWork work, int from, int end, int first, int last) {
        boolean isWhole = (end - from) % VectorWidth.LANES == 0;
        Planes block = isWhole ? null : block(from, end - from);
        var columns = new Planes(out.count());
        for (int j = first; j < last; j++) {
            poll(j, end - from);
            int k = 0;
            for (var output : reduction.kernel().outputs()) {
                var buffer = (PlanarBuffer) outputs.get(output.name());
                for (int c = 0; c < output.width(); c++) {
                    columns.set(k++, buffer.data(), buffer.offset(j * output.width() + c));
                }
            }
            if (isWhole) {
                work.evaluate(j, columns);
                continue;
            }
            work.evaluate(j, block);
            for (int c = 0; c < columns.count(); c++) {
                System.arraycopy(
                        block.arrays()[c],
                        block.offsets()[c] + from,
                        columns.arrays()[c],
                        columns.offsets()[c] + from,
                        end - from);
            }
        }
    }

    private void sum(SourceWork work, int from, int end) {
        int length = end - from;
        Planes block = block(from, length);
        var sums = new LongSums(kernels.totals(precision), precision, out.count(), length);
        sums.begin(from, end);
        for (int first = 0; first < sources; first += PARTIAL) {
            Planes partial = sums.next();
            for (int j = first; j < Math.min(sources, first + PARTIAL); j++) {
                poll(j, length);
                work.evaluate(j, block);
                add(block, partial, from, length);
            }
        }
        sums.end(out);
    }

    private static void add(Planes values, Planes to, int from, int length) {
        for (int c = 0; c < values.count(); c++) {
            Numbers.add(
                    values.arrays()[c],
                    values.offsets()[c] + from,
                    to.arrays()[c],
                    to.offsets()[c] + from,
                    length);
        }
    }

    private void logSum(SourceWork work, int from, int end) {
        var sums = new LogSums[out.count()];
        for (int c = 0; c < sums.length; c++) {
            sums[c] = new LogSums(kernels, precision, end - from);
        }
        var block = new Planes(sums.length);
        for (int j = 0; j < sources; j++) {
            poll(j, end - from);
            for (int c = 0; c < sums.length; c++) {
                block.set(c, sums[c].planes(), sums[c].take() - from);
            }
            work.evaluate(j, block);
        }
        for (int c = 0; c < sums.length; c++) {
            sums[c].finish(out, c, from, end - from);
        }
    }

    private void max(SourceWork work, int from, int end) {
        Planes block = block(from, end - from);
        Maxima.clear(out, maxima, from, end);
        for (int j = 0; j < sources; j++) {
            poll(j, end - from);
            work.evaluate(j, block);
            Maxima.join(block, from, end, j, 0, out, maxima);
        }
    }

    private void intoSources() {
        execution.forEach(
                Math.ceilDiv(sources, PART),
                part -> {
                    int end = Math.min(sources, (part + 1) * PART);
                    var work = new SourceWork(values, args);
                    var sums = new RunningSum[end - part * PART][out.count()];
                    for (RunningSum[] row : sums) {
                        Arrays.setAll(row, c -> new RunningSum());
                    }
                    for (int from = 0; from < queries; from += BLOCK) {
                        execution.resources().cancel().check();
                        int to = Math.min(queries, from + BLOCK);
                        work.queries(from, to);
                        Planes block = block(from, to - from);
                        for (int j = part * PART; j < end; j++) {
                            work.evaluate(j, block);
                            for (int c = 0; c < out.count(); c++) {
                                int at = block.offsets()[c];
                                sums[j - part * PART][c].add(
                                        Numbers.sum(block.arrays()[c], at + from, at + to));
                            }
                        }
                    }
                    for (int j = part * PART; j < end; j++) {
                        for (int c = 0; c < out.count(); c++) {
                            Numbers.set(
                                    out.arrays()[c],
                                    out.offsets()[c] + j,
                                    sums[j - part * PART][c].value());
                        }
                    }
                });
    }
}
