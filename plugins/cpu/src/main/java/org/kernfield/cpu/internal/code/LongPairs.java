package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of a kernel too long for one method: for each source a {@link ChainedMap} over queries, in
 * which the source's parameters are uniforms.
 */
final class LongPairs implements SumCode, BoxCode {
    private final List<Instruction.Load> parameters;
    private final List<Instruction.Load> planes;
    private final MapCompiler.Compiled map;
    private final String raster;
    private final int uniforms;
    private final int[] position;
    private final int length;
    private final int outputs;
    private final boolean gathers;
    private final Precision precision;

    /**
     * @param plan made by {@link PairPlan#plain}
     * @param raster the slot of pixel coordinates; null for plain rows
     */
    LongPairs(Kernel kernel, PairPlan plan, String raster, boolean gathers) {
        this.raster = raster;
        this.gathers = gathers;
        this.precision = kernel.precision();
        this.planes = plan.inputs;
        this.parameters = plan.sourceValues.stream().map(l -> load(plan.ssa.get(l))).toList();
        var slots = new ArrayList<>(kernel.slots(Slot.Role.UNIFORM));
        kernel.slots(Slot.Role.PARAM).forEach(p -> slots.add(asUniform(p)));
        var layout = new UniformLayout(slots);
        uniforms = new UniformLayout(kernel).length();
        length = layout.length();
        position =
                parameters.stream()
                        .mapToInt(
                                l ->
                                        layout.index(
                                                new Instruction.Load(
                                                        asUniform(l.slot()), l.component())))
                        .toArray();
        var program =
                new Program(
                        kernel.program().instructions().stream()
                                .map(LongPairs::parameterAsUniform)
                                .toList(),
                        kernel.program().results());
        outputs = program.results().size();
        map = MapCompiler.compile("long " + kernel.name(), program, layout, precision);
    }

    private static Instruction.Load load(Instruction instruction) {
        return (Instruction.Load) instruction;
    }

    private static Slot asUniform(Slot slot) {
        return new Slot(slot.name(), Slot.Role.UNIFORM, slot.width());
    }

    private static Instruction parameterAsUniform(Instruction instruction) {
        return instruction instanceof Instruction.Load l && l.slot().role() == Slot.Role.PARAM
                ? new Instruction.Load(asUniform(l.slot()), l.component())
                : instruction;
    }

    private Object uniformsOf(Object common, Object[] source, int j) {
        Object all = Numbers.array(precision, length);
        System.arraycopy(common, 0, all, 0, uniforms);
        for (int k = 0; k < position.length; k++) {
            Numbers.set(all, position[k], Numbers.get(source[k], j));
        }
        return all;
    }

    @Override
    public void run(
            Object[] in,
            int[] inOffset,
            Object[] source,
            Object uniforms,
            Object[] out,
            int[] outOffset,
            int from,
            int to,
            int firstSource,
            int lastSource) {
        int n = to - from;
        Object values = Numbers.array(precision, outputs * n);
        for (int j = firstSource; j < lastSource; j++) {
            evaluate(in, inOffset, uniformsOf(uniforms, source, j), from, n, 0, 0, values);
            for (int k = 0; k < outputs; k++) {
                Numbers.add(values, k * n, out[k], outOffset[k] + from, n);
            }
        }
    }

    @Override
    public void run(
            Object[] in,
            int[] inOffset,
            Object[] source,
            Object uniforms,
            Object[] out,
            int[] outOffset,
            int stride,
            int from,
            int to,
            int[] box,
            int firstRow,
            int endRow,
            Object laneSums,
            Object rowValues) {
        for (int j = from; j < to; j++) {
            int x0 = box[4 * j];
            int columns = box[4 * j + 1] - x0;
            int n = VectorWidth.roundUp(columns);
            Object all = uniformsOf(uniforms, source, j);
            Object values = Numbers.array(precision, outputs * n);
            int last = Math.min(endRow, box[4 * j + 3]);
            for (int y = Math.max(firstRow, box[4 * j + 2]); y < last; y++) {
                int start = y * stride + x0;
                evaluate(in, inOffset, all, start, n, x0, y, values);
                for (int k = 0; k < outputs; k++) {
                    if (gathers) {
                        Numbers.add(values, k * n, out[k], outOffset[k] + start, columns);
                    } else {
                        int at = ((j - from) * outputs + k) * VectorWidth.lanes(precision);
                        double sum = Numbers.sum(values, k * n, k * n + columns);
                        Numbers.set(laneSums, at, Numbers.get(laneSums, at) + sum);
                    }
                }
            }
        }
    }

    /** All outputs for {@code n} queries from {@code start} on, into planes of n. */
    private void evaluate(
            Object[] in,
            int[] inOffset,
            Object all,
            int start,
            int n,
            int x0,
            int y,
            Object values) {
        var reads = new Planes(map.inputs().size());
        for (int k = 0; k < reads.count(); k++) {
            var load = map.inputs().get(k);
            int plane = planes.indexOf(load);
            if (plane >= 0) {
                reads.set(k, in[plane], inOffset[plane]);
            } else if (load.slot().name().equals(raster)) {
                Object coordinate = Numbers.array(precision, n);
                for (int i = 0; i < n; i++) {
                    Numbers.set(coordinate, i, (load.component() == 0 ? x0 + i : y) + 0.5);
                }
                reads.set(k, coordinate, -start);
            }
        }
        var writes = new Planes(outputs);
        for (int k = 0; k < outputs; k++) {
            writes.set(k, values, k * n - start);
        }
        map.code()
                .run(
                        reads.arrays(),
                        reads.offsets(),
                        all,
                        writes.arrays(),
                        writes.offsets(),
                        start,
                        start + n);
    }
}
