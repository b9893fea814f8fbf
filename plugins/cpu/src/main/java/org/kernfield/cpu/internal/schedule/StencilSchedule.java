package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Buffer;
import org.kernfield.backend.Neighbourhood;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Reduction;
import org.kernfield.cpu.internal.code.CompiledKernels;
import org.kernfield.cpu.internal.code.CompiledValues;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.OffsetWeights;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.util.List;
import java.util.Map;

/**
 * Runs over a stencil: row by row of the raster, offset by offset, a vector of pixels at a time. A
 * neighbour's row is the same planes read from another place, so nothing is gathered; what depends
 * on the offset alone is computed once a row.
 */
public final class StencilSchedule {
    /** Rows of pixels of a part. */
    private static final int BAND = 8;

    private final Execution execution;
    private final CompiledKernels kernels;
    private final CompiledValues values;
    private final Reduction reduction;
    private final Args args;
    private final Neighbourhood.Stencil stencil;
    private final Queries.Raster raster;
    private final boolean intoSources;
    private final Planes out;
    private final Planes maxima;
    private final Precision precision;
    private final Object uniforms;
    private List<Instruction.Load> loads; // null until pixels are visited one by one
    private final int stride;
    private final Map<String, Buffer> outputs;

    public StencilSchedule(
            Execution execution,
            CompiledKernels kernels,
            Reduction reduction,
            Args args,
            Map<String, Buffer> outputs) {
        this.execution = execution;
        this.kernels = kernels;
        this.outputs = outputs;
        this.values = kernels.values(reduction.kernel());
        this.reduction = reduction;
        this.args = args;
        this.stencil = (Neighbourhood.Stencil) reduction.over();
        this.raster = (Queries.Raster) args.queries();
        this.intoSources = reduction.kind().isIntoSources();
        this.precision = values.kernel.precision();
        this.out = Planes.of(reduction.kernel(), outputs);
        this.maxima =
                reduction.kind() == Reduction.Kind.MAX ? Maxima.planes(reduction, outputs) : null;
        this.uniforms = values.uniforms.pack(precision, args);
        this.stride = VectorWidth.roundUp(raster.width()) + 2 * VectorWidth.LANES;
    }

    public void run() {
        if (!isConvolution()) {
            visit();
        }
    }

    /** Whether it is a convolution, which is then done. */
    private boolean isConvolution() {
        OffsetWeights form = values.weights();
        if (form == null || !form.isConvolution(reduction.kind(), raster)) {
            return false;
        }
        double[][] weights = form.values(stencil, args);
        if (!ConvolutionSchedule.suits(reduction, weights, raster)) {
            return false;
        }
        new ConvolutionSchedule(execution, form, weights, reduction, args, outputs).run();
        return true;
    }

    private void visit() {
        loads = values.perOffset().map().inputs();
        long pairs = raster.count() * stencil.offsets().size();
        execution.warm(List.of(values.perOffset().map().warmup()), pairs / VectorWidth.LANES);
        execution.forEach(
                Math.ceilDiv(raster.height(), BAND),
                part -> {
                    var band = new Band();
                    int end = Math.min(raster.height(), (part + 1) * BAND);
                    for (int y = part * BAND; y < end; y++) {
                        execution.resources().cancel().check();
                        band.row(y);
                    }
                });
    }

    /** One thread's work on one row after the other. */
    private final class Band {
        private final Planes in = Planes.of(loads, args);
        private final int[] begin = in.offsets().clone();
        private final Object coordinates = Numbers.array(precision, 2 * stride);
        private final Object held = Numbers.array(precision, values.perOffset().length());
        private final Planes row =
                Planes.consecutive(
                        Numbers.array(precision, out.count() * stride), out.count(), stride);
        private final LogSums[] sums;

        Band() {
            System.arraycopy(uniforms, 0, held, 0, values.uniforms.length());
            boolean isLogSum = reduction.kind() == Reduction.Kind.LOG_SUM_EXP;
            sums = new LogSums[isLogSum ? out.count() : 0];
            for (int c = 0; c < sums.length; c++) {
                sums[c] = new LogSums(kernels, precision, raster.width());
            }
        }

        /** A row of results. */
        void row(int y) {
            int width = raster.width();
            int first = y * width;
            if (maxima != null) {
                Maxima.clear(out, maxima, first, first + width);
            } else {
                out.clear(first, first + width);
            }
            boolean hasSources = !values.kernel.slots(Slot.Role.PARAM).isEmpty();
            for (var offset : hasSources ? stencil.offsets() : List.<Neighbourhood.Offset>of()) {
                // into sources the row is that of the neighbours
                int dx = intoSources ? -offset.dx() : offset.dx();
                int dy = intoSources ? -offset.dy() : offset.dy();
                int from = Math.max(0, -dx);
                int to = Math.min(width, width - dx);
                if (from < to && y + dy >= 0 && y + dy < raster.height()) {
                    bind(offset, y, dx, dy);
                    take(first, from, to, dy * width + dx);
                }
            }
            for (int c = 0; c < sums.length; c++) {
                sums[c].finish(out, c, first, width);
            }
        }

        /** Points the planes at the row, and those of the other side at the neighbours. */
        private void bind(Neighbourhood.Offset offset, int y, int dx, int dy) {
            int shift = dy * raster.width() + dx;
            int queryRow = intoSources ? y + dy : y;
            int queryShift = intoSources ? dx : 0;
            for (int k = 0; k < loads.size(); k++) {
                Slot slot = loads.get(k).slot();
                if (slot.name().equals(raster.slot())) {
                    int component = loads.get(k).component();
                    for (int x = 0; x < raster.width(); x++) {
                        double pixel = component == 0 ? x + queryShift : queryRow;
                        Numbers.set(coordinates, component * stride + x, pixel + 0.5);
                    }
                    in.set(k, coordinates, component * stride - y * raster.width());
                } else {
                    boolean isNeighbour = (slot.role() == Slot.Role.PARAM) != intoSources;
                    in.offsets()[k] = begin[k] + (isNeighbour ? shift : 0);
                }
            }
            if (stencil.offset() != null) {
                int place = values.perOffset().held().get(stencil.offset());
                Numbers.set(held, place, offset.dx());
                Numbers.set(held, place + 1, offset.dy());
            }
        }

        /** Pixels {@code from} to {@code to} − 1 of the row that begins at {@code first}. */
        private void take(int first, int from, int to, int shift) {
            for (int c = 0; c < row.count(); c++) {
                if (sums.length > 0) {
                    row.set(c, sums[c].planes(), sums[c].take() - first);
                } else {
                    row.offsets()[c] = c * stride - first;
                }
            }
            values.perOffset()
                    .map()
                    .code()
                    .run(
                            in.arrays(),
                            in.offsets(),
                            held,
                            row.arrays(),
                            row.offsets(),
                            first + from,
                            first + from + VectorWidth.roundUp(to - from));
            if (maxima != null) {
                Maxima.join(row, first + from, first + to, shift, 1, out, maxima);
                return;
            }
            for (int c = 0; c < row.count(); c++) {
                int at = row.offsets()[c] + first;
                if (sums.length > 0) {
                    double none = Double.NEGATIVE_INFINITY;
                    Numbers.fill(row.arrays()[c], at, at + from, none);
                    Numbers.fill(row.arrays()[c], at + to, at + raster.width(), none);
                } else {
                    Numbers.add(
                            row.arrays()[c],
                            at + from,
                            out.arrays()[c],
                            out.offsets()[c] + first + from,
                            to - from);
                }
            }
        }
    }
}
