package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.BlendPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;

/**
 * Blending by a kernel too long for one method: for each row of a block a map, in which the
 * source's parameters are uniforms, then pixel by pixel what {@link BlendCompiler} does with
 * vectors; on the way back a second map that reads the cotangents.
 */
final class LongBlend implements BlendCode {
    private static final int STRIDE = VectorWidth.LANES;

    private final BlendPlan plan;
    private final String raster;
    private final Precision precision;
    private final MapCompiler.Compiled forward;
    private final MapCompiler.Compiled backward;
    private final int uniforms;
    private final int[] position;
    private final int length;
    private final Tile blocks;

    LongBlend(Kernel kernel, BlendPlan plan, String raster) {
        this.plan = plan;
        this.raster = raster;
        this.precision = kernel.precision();
        this.blocks = Tile.of(precision);
        var slots = new ArrayList<>(kernel.slots(Slot.Role.UNIFORM));
        kernel.slots(Slot.Role.PARAM).forEach(p -> slots.add(asUniform(p)));
        var layout = new UniformLayout(slots);
        uniforms = new UniformLayout(kernel).length();
        length = layout.length();
        position =
                plan.pairs.sourceValues.stream()
                        .map(line -> (Instruction.Load) plan.pairs.ssa.get(line))
                        .mapToInt(l -> layout.index(load(l)))
                        .toArray();
        String name = "long " + kernel.name();
        forward = MapCompiler.compile(name, held(plan.forward()), layout, precision);
        backward =
                plan.intoSources()
                        ? MapCompiler.compile(name, held(plan.backward()), layout, precision)
                        : null;
    }

    private static Slot asUniform(Slot slot) {
        return new Slot(slot.name(), Slot.Role.UNIFORM, slot.width());
    }

    private static Instruction.Load load(Instruction.Load l) {
        return new Instruction.Load(asUniform(l.slot()), l.component());
    }

    private static Program held(Program program) {
        return new Program(
                program.instructions().stream()
                        .map(
                                i ->
                                        i instanceof Instruction.Load l
                                                        && l.slot().role() == Slot.Role.PARAM
                                                ? load(l)
                                                : i)
                        .toList(),
                program.results());
    }

    @Override
    public void run(
            Object[] in,
            int[] inOffset,
            Object records,
            int[] starts,
            long[] masks,
            int count,
            Object common,
            Object tile,
            int column,
            int row,
            int rows,
            int stride,
            Object sums) {
        var work = new Row(in, inOffset, tile, sums);
        System.arraycopy(common, 0, work.held, 0, uniforms);
        for (int e = 0; e < count; e++) {
            for (int k = 0; k < position.length; k++) {
                double value = Numbers.get(records, starts[e] + k);
                Numbers.set(work.held, position[k], value);
            }
            work.place = e * work.terms * blocks.lanes;
            Numbers.fill(sums, work.place, work.place + work.terms * blocks.lanes, 0);
            for (long left = masks[e]; left != 0; left &= left - 1) {
                int start = blocks.start(Long.numberOfTrailingZeros(left));
                int x = start % Tile.WIDTH;
                int end = Math.min(rows, start / Tile.WIDTH + blocks.rows);
                for (int y = start / Tile.WIDTH; y < end; y++) {
                    work.take(column + x, row + y, stride, y * Tile.WIDTH + x);
                }
            }
        }
    }

    /** One row of one block after the other. */
    private final class Row {
        private final Object[] in;
        private final int[] inOffset;
        private final Object tile;
        private final Object sums;
        private final int channels = plan.channels.size();
        private final Object held = Numbers.array(precision, length);
        private final Object xy = Numbers.array(precision, 2 * STRIDE);

        /** α, then the channels. */
        private final Object values = Numbers.array(precision, (1 + channels) * STRIDE);

        /** Cotangents in the same order. */
        private final Object cotangents = Numbers.array(precision, (1 + channels) * STRIDE);

        private final int terms = plan.pairs.rowTerms.size();
        private final Object gradients = Numbers.array(precision, Math.max(1, terms) * STRIDE);
        private final boolean[] isPainted = new boolean[STRIDE];
        private final int n = blocks.lanes;
        private int place;

        Row(Object[] in, int[] inOffset, Object tile, Object sums) {
            this.in = in;
            this.inOffset = inOffset;
            this.tile = tile;
            this.sums = sums;
        }

        void take(int x, int y, int stride, int at) {
            for (int i = 0; i < STRIDE; i++) {
                Numbers.set(xy, i, x + i + 0.5);
                Numbers.set(xy, STRIDE + i, y + 0.5);
            }
            int pixel = y * stride + x;
            evaluate(forward, pixel, values);
            for (int i = 0; i < n; i++) {
                blend(i, at + i);
            }
            if (backward != null) {
                evaluate(backward, pixel, gradients);
                for (int k = 0; k < terms; k++) {
                    for (int i = 0; i < n; i++) {
                        int sum = place + k * n + i;
                        double more = isPainted[i] ? Numbers.get(gradients, k * STRIDE + i) : 0;
                        Numbers.set(sums, sum, Numbers.get(sums, sum) + more);
                    }
                }
            }
        }

        private void evaluate(MapCompiler.Compiled map, int pixel, Object into) {
            var reads = new Planes(map.inputs().size());
            for (int k = 0; k < reads.count(); k++) {
                var load = map.inputs().get(k);
                int plane = plan.pairs.inputs.indexOf(load);
                if (plane >= 0) {
                    reads.set(k, in[plane], inOffset[plane] + pixel);
                } else if (load.slot().name().equals(raster)) {
                    reads.set(k, xy, load.component() * STRIDE);
                } else {
                    reads.set(k, cotangents, (1 + plan.cotangent(load)) * STRIDE);
                }
            }
            int outputs = map == forward ? 1 + channels : terms;
            var writes = Planes.consecutive(into, outputs, STRIDE);
            map.code()
                    .run(
                            reads.arrays(),
                            reads.offsets(),
                            held,
                            writes.arrays(),
                            writes.offsets(),
                            0,
                            VectorWidth.roundUp(n));
        }

        private void blend(int i, int at) {
            double t = Numbers.get(tile, at);
            double opacity = Numbers.get(values, i);
            double most = plan.compositing.alphaMax();
            double a = most < opacity ? most : opacity;
            boolean isFaint = a < plan.compositing.alphaMin();
            double rest = t - t * a;
            boolean isDone = !isFaint && rest < plan.compositing.transmittanceMin() || t < 0;
            isPainted[i] = !isFaint && !isDone;
            for (int c = 0; c <= channels; c++) {
                Numbers.set(cotangents, c * STRIDE + i, 0);
            }
            if (isDone) {
                Numbers.set(tile, at, -Math.abs(t));
            } else if (!isFaint) {
                Numbers.set(tile, at, rest);
                if (backward == null) {
                    for (int c = 0; c < channels; c++) {
                        int to = (1 + c) * Tile.PLANE + at;
                        double seen = t * a * Numbers.get(values, (1 + c) * STRIDE + i);
                        Numbers.set(tile, to, Numbers.get(tile, to) + seen);
                    }
                } else {
                    carryBack(i, at, t, a, most < opacity);
                }
            }
        }

        private void carryBack(int i, int at, double t, double a, boolean isCut) {
            double along = 0;
            for (int c = 0; c < channels; c++) {
                double g = Numbers.get(tile, (2 + c) * Tile.PLANE + at);
                along += g * Numbers.get(values, (1 + c) * STRIDE + i);
                Numbers.set(cotangents, (1 + c) * STRIDE + i, t * a * g);
            }
            double after = Numbers.get(tile, Tile.PLANE + at) + t * a * along;
            Numbers.set(tile, Tile.PLANE + at, after);
            Numbers.set(cotangents, i, isCut ? 0 : t * along + after / (1 - a));
        }
    }
}
