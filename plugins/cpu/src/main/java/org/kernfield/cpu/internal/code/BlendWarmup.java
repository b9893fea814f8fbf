package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.cpu.internal.plan.BlendPlan;
import org.kernfield.kernel.Precision;

/** Made-up inputs that bring blending code to speed: a few sources over a small part of a tile. */
final class BlendWarmup {
    private static final int SOURCES = 4;
    private static final int ROWS = 2;

    private BlendWarmup() {}

    static Warmup of(BlendCode code, BlendPlan plan, int uniforms, Precision precision) {
        var in = new Planes(plan.pairs.inputs.size());
        for (int k = 0; k < in.count(); k++) {
            in.set(k, Numbers.array(precision, Tile.PLANE), 0);
        }
        Object records = Numbers.array(precision, SOURCES * plan.pairs.sourceValues.size());
        Numbers.fill(records, 0, Numbers.length(records), 0.5);
        var spans = new int[SOURCES * BlendCode.SPAN];
        for (int j = 0; j < SOURCES; j++) {
            spans[j * BlendCode.SPAN + 1] = VectorWidth.LANES * (1 + j % 2);
            spans[j * BlendCode.SPAN + 3] = j == 0 ? 1 : ROWS;
        }
        int terms = plan.pairs.sourceTerms.size();
        Object tile = Numbers.array(precision, (plan.channels.size() + 2) * Tile.PLANE);
        Object sums = Numbers.array(precision, Math.max(1, terms));
        Object scratch = Numbers.array(precision, Math.max(1, terms) * VectorWidth.LANES);
        Object uniform = Numbers.array(precision, uniforms);
        return new Warmup(
                vectors -> {
                    Numbers.fill(tile, 0, Tile.STRIDE * ROWS, 1);
                    code.run(
                            in.arrays(),
                            in.offsets(),
                            records,
                            spans,
                            vectors > 1 ? SOURCES : 1,
                            uniform,
                            tile,
                            0,
                            0,
                            Tile.STRIDE,
                            sums,
                            scratch);
                },
                plan.pairs.cost() + 20 + 8 * plan.channels.size());
    }
}
