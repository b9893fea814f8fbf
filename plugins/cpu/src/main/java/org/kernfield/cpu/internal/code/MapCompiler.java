package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.Costs;
import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.Segments;
import org.kernfield.cpu.internal.plan.Ssa;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Compiles a program into {@link MapCode}: uniform values before the loop, the rest inside. */
public final class MapCompiler {
    /**
     * A compiled map.
     *
     * @param code the loop
     * @param inputs which component each plane of {@code in} holds
     * @param warmup brings the code to speed
     */
    public record Compiled(MapCode code, List<Instruction.Load> inputs, Warmup warmup) {
        static Compiled of(
                MapCode code,
                List<Instruction.Load> inputs,
                int outputs,
                int cost,
                int uniforms,
                Precision precision) {
            var in = new Planes(inputs.size());
            for (int k = 0; k < in.count(); k++) {
                in.set(k, Numbers.array(precision, 32 * VectorWidth.LANES), 0);
            }
            var out =
                    Planes.consecutive(
                            Numbers.array(precision, outputs * 16 * VectorWidth.LANES),
                            outputs,
                            16 * VectorWidth.LANES);
            Object uniform = Numbers.array(precision, uniforms);
            return new Compiled(
                    code,
                    inputs,
                    new Warmup(
                            vectors ->
                                    code.run(
                                            in.arrays(),
                                            in.offsets(),
                                            uniform,
                                            out.arrays(),
                                            out.offsets(),
                                            0,
                                            vectors * VectorWidth.LANES),
                            cost));
        }
    }

    private static final int ROW = 1;

    private MapCompiler() {}

    /** Makes the code of a program that is short enough for one method. */
    interface Piece {
        Compiled compile(String name, Program program, UniformLayout uniforms, Precision precision);
    }

    /** Compiles a program of any length, for loops that run very often. */
    static Compiled compile(
            String name, Program program, UniformLayout uniforms, Precision precision) {
        if (isShort(program)) {
            return single(name, program, uniforms, precision);
        }
        var chain = new ChainedMap(name, program, uniforms, precision, MapCompiler::single);
        return Compiled.of(
                chain,
                chain.inputs,
                program.results().size(),
                cost(program),
                uniforms.length(),
                precision);
    }

    /**
     * As {@link #compile}, for maps over rows: compiled once so many rows have passed that it pays.
     */
    static Compiled adaptive(
            String name, Program program, UniformLayout uniforms, Precision precision) {
        if (precision != Precision.F32 || !VectorWidth.HAS_VECTORS) {
            return compile(name, program, uniforms, precision);
        }
        if (isShort(program)) {
            return blocks(name, program, uniforms, precision);
        }
        var chain = new ChainedMap(name, program, uniforms, precision, MapCompiler::blocks);
        return new Compiled(chain, chain.inputs, Warmup.done());
    }

    private static boolean isShort(Program program) {
        return cost(program) <= Segments.LONGEST;
    }

    private static int cost(Program program) {
        return program.instructions().stream().mapToInt(Costs::of).sum();
    }

    private static Ssa ssa(Program program) {
        return new Ssa(program, l -> l.slot().role() == Slot.Role.UNIFORM ? 0 : ROW);
    }

    private static List<Instruction.Load> inputs(Ssa ssa, List<Integer> needed) {
        var inputs = new ArrayList<Instruction.Load>();
        for (int line : needed) {
            if (ssa.dependence(line) == ROW && ssa.get(line) instanceof Instruction.Load l) {
                inputs.add(l);
            }
        }
        return inputs;
    }

    /** Operations on blocks first, compiled code later. */
    private static Compiled blocks(
            String name, Program program, UniformLayout uniforms, Precision precision) {
        var ssa = ssa(program);
        var needed = ssa.needed(program.results());
        var inputs = inputs(ssa, needed);
        var recorder = new BlockRecorder();
        var emitter = new Emitter(recorder, ssa, needed, new LinkedHashSet<>(program.results()));
        emitter.emit(Levels.exactly(ssa, needed, 0), l -> recorder.uniform(uniforms.index(l)));
        recorder.beginRows();
        emitter.emit(Levels.exactly(ssa, needed, ROW), l -> recorder.input(inputs.indexOf(l)));
        int[] results = program.results().stream().mapToInt(emitter::value).toArray();
        var compiled = new Once<>(() -> single(name, program, uniforms, precision));
        var code =
                new AdaptiveMap(new BlockMap(recorder, results), compiled, Costs.of(ssa, needed));
        return new Compiled(code, inputs, Warmup.done());
    }

    /** Compiles a program into one method. */
    static Compiled single(
            String name, Program program, UniformLayout uniforms, Precision precision) {
        var ssa = ssa(program);
        var needed = ssa.needed(program.results());
        var inputs = inputs(ssa, needed);
        // Inside the loop, though they are the same in each turn: HotSpot moves them out of it. As
        // locals that the loop finds they would be objects of unknown class when it is compiled
        // while it runs; with some dozens that takes the compiler ten seconds, after which it gives
        // up.
        var constants =
                needed.stream()
                        .filter(line -> ssa.get(line) instanceof Instruction.Constant)
                        .toList();
        MapCode code =
                HiddenClass.implement(
                        MapCode.class,
                        "map_" + name,
                        b -> {
                            var v = LaneCode.of(b, precision);
                            int in = b.parameterSlot(0);
                            int inOffset = b.parameterSlot(1);
                            int uniform = v.array(b.parameterSlot(2));
                            int out = b.parameterSlot(3);
                            int outOffset = b.parameterSlot(4);
                            int index = b.parameterSlot(5);
                            int end = b.parameterSlot(6);
                            var emitter =
                                    new Emitter(
                                            v, ssa, needed, new LinkedHashSet<>(program.results()));
                            int zero = v.newInt(0);
                            emitter.emit(
                                    Levels.exactly(ssa, needed, 0),
                                    l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
                            emitter.forget(constants);
                            int[] planes = v.planes(in, inputs.size());
                            int[] offsets = v.elements(inOffset, inputs.size());
                            int[] outPlanes = v.planes(out, program.results().size());
                            int[] outOffsets = v.elements(outOffset, program.results().size());
                            Loop.whole(
                                    v,
                                    index,
                                    end,
                                    () -> {
                                        emitter.emit(constants, l -> -1);
                                        emitter.emit(
                                                Levels.exactly(ssa, needed, ROW),
                                                l -> {
                                                    int k = inputs.indexOf(l);
                                                    return v.load(planes[k], offsets[k], index);
                                                });
                                        for (int k = 0; k < outPlanes.length; k++) {
                                            v.store(
                                                    emitter.value(program.results().get(k)),
                                                    outPlanes[k],
                                                    outOffsets[k],
                                                    index);
                                        }
                                    });
                            b.return_();
                        });
        return Compiled.of(
                code,
                inputs,
                program.results().size(),
                Costs.of(ssa, needed),
                uniforms.length(),
                precision);
    }
}
