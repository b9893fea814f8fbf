package org.kernfield.cpu.internal;

import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Program;
import org.kernfield.kernel.Slot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Compiles a program into {@link MapCode}: uniform values before the loop, the rest inside. */
final class MapCompiler {
    /**
     * A compiled map.
     *
     * @param code the loop
     * @param inputs which component each plane of {@code in} holds
     */
    record Compiled(MapCode code, List<Instruction.Load> inputs) {}

    private static final int ROW = 1;

    private MapCompiler() {}

    static Compiled compile(String name, Program program, UniformLayout uniforms) {
        var ssa = new Ssa(program, l -> l.slot().role() == Slot.Role.UNIFORM ? 0 : ROW);
        var needed = ssa.needed(program.results());
        var inputs = new ArrayList<Instruction.Load>();
        for (int line : needed) {
            if (ssa.dependence(line) == ROW && ssa.get(line) instanceof Instruction.Load l) {
                inputs.add(l);
            }
        }
        MapCode code =
                HiddenClass.implement(
                        MapCode.class,
                        "map_" + name,
                        b -> {
                            var v = new VectorCode(b);
                            int in = b.parameterSlot(0);
                            int inOffset = b.parameterSlot(1);
                            int uniform = b.parameterSlot(2);
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
                            int[] planes = v.planes(in, inputs.size());
                            int[] offsets = v.elements(inOffset, inputs.size());
                            int[] outPlanes = v.planes(out, program.results().size());
                            int[] outOffsets = v.elements(outOffset, program.results().size());
                            Loop.whole(
                                    v,
                                    index,
                                    end,
                                    () -> {
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
        return new Compiled(code, inputs);
    }
}
