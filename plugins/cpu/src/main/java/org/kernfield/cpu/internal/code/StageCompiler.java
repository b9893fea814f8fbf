package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.util.List;

/**
 * Compiles the first loop of {@link DensePlan.Stages} into {@link SumCode}: the argument of each
 * pair of a tile with some rows, written row by row into the one output plane.
 */
final class StageCompiler {
    private StageCompiler() {}

    static SumCode compile(
            String name, DensePlan plan, UniformLayout uniforms, Precision precision, int vectors) {
        var stages = plan.stages.orElseThrow();
        int argument = stages.argument();
        return HiddenClass.implement(
                SumCode.class,
                "argument_" + name,
                b -> {
                    var v = LaneCode.of(b, precision);
                    List<Integer> results = List.of(argument);
                    var loop =
                            new TileLoop(
                                    v,
                                    plan,
                                    stages.first(),
                                    List.of(),
                                    results,
                                    vectors,
                                    List.of());
                    loop.begin(uniforms);
                    int out = v.planes(b.parameterSlot(4), 1)[0];
                    int offset = v.elements(b.parameterSlot(5), 1)[0];
                    int j = b.parameterSlot(8);
                    TileLoop.Pairs store =
                            (emitter, t, slot) ->
                                    v.store(emitter.value(argument), out, offset, slot);
                    Loop.each(v, j, b.parameterSlot(9), () -> loop.row(j, store));
                    b.return_();
                });
    }
}
