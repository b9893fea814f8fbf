package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.BlendPlan;
import org.kernfield.kernel.Precision;

/** Made-up inputs that bring blending code to speed: a few sources over a few blocks of a tile. */
final class BlendWarmup {
    /** Of a call, with a block more than there are sources. */
    private static final int SOURCES = 4;

    private BlendWarmup() {}

    /** Vector operations of laying a source over a vector of pixels, its formula left aside. */
    static int layerCost(BlendPlan plan) {
        return 20 + 8 * plan.channels.size();
    }

    /** A warm-up whose vectors are blocks. */
    static Warmup of(Renewable<BlendCode> code, BlendPlan plan, int uniforms, Precision precision) {
        var in = new Planes(plan.pairs.inputs.size());
        for (int k = 0; k < in.count(); k++) {
            in.set(k, Numbers.array(precision, Tile.PLANE), 0);
        }
        Object records = Numbers.array(precision, SOURCES * plan.pairs.sourceValues.size());
        Numbers.fill(records, 0, Numbers.length(records), 0.5);
        var starts = new int[SOURCES];
        var blocks = new long[] {1, 1, 3, 1};
        int terms = plan.pairs.sourceTerms.size();
        Object tile = Numbers.array(precision, (plan.channels.size() + 2) * Tile.PLANE);
        Object sums = Numbers.array(precision, SOURCES * terms * VectorWidth.LANES);
        Object uniform = Numbers.array(precision, uniforms);
        var shape = Tile.of(precision);
        return new Warmup(
                vectors -> {
                    Numbers.fill(tile, 0, Tile.WIDTH * shape.rows, 1);
                    for (int call = 0; call < vectors; call += SOURCES + 1) {
                        code.get()
                                .run(
                                        in.arrays(),
                                        in.offsets(),
                                        records,
                                        starts,
                                        blocks,
                                        vectors > 1 ? SOURCES : 1,
                                        uniform,
                                        tile,
                                        0,
                                        0,
                                        shape.rows,
                                        Tile.WIDTH,
                                        sums);
                    }
                },
                shape.rows * (plan.pairs.cost() + layerCost(plan)),
                // many short methods, none of which is too long for a compiler
                plan.isLong ? null : code::renew);
    }
}
