package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.backend.Queries;
import org.kernfield.cpu.internal.code.MapCompiler;
import org.kernfield.cpu.internal.code.VectorWidth;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;

import java.util.List;

/** What one thread needs to evaluate a kernel at blocks of pairs. */
final class EntryWork {
    /** Pairs of a block. */
    static final int BLOCK = 1024;

    /** Elements of a plane. */
    static final int STRIDE = BLOCK + 2 * VectorWidth.LANES;

    final int[] query = new int[BLOCK];
    final int[] source = new int[BLOCK];
    final int[] number = new int[BLOCK];

    /** A plane for each component of the value. */
    final Object values;

    private final MapCompiler.Compiled map;
    private final Object uniforms;
    private final Object gathered;
    private final Planes in;
    private final Planes out;
    private final Planes bound;
    private final GridEntries grid;
    private final String corner;
    private final Queries.Raster raster;

    /**
     * @param grid what fills the slot {@code corner}; null if none does
     */
    EntryWork(
            MapCompiler.Compiled map,
            Precision precision,
            Args args,
            Object uniforms,
            int width,
            GridEntries grid,
            String corner) {
        this.map = map;
        this.uniforms = uniforms;
        this.grid = grid;
        this.corner = corner;
        List<Instruction.Load> loads = map.inputs();
        bound = Planes.of(loads, args);
        gathered = Numbers.array(precision, loads.size() * STRIDE);
        in = Planes.consecutive(gathered, loads.size(), STRIDE);
        values = Numbers.array(precision, width * STRIDE);
        out = Planes.consecutive(values, width, STRIDE);
        raster = args.queries() instanceof Queries.Raster r ? r : null;
    }

    /** Evaluates the kernel at {@code n} pairs. */
    void evaluate(int n) {
        for (int k = 0; k < in.count(); k++) {
            gather(map.inputs().get(k), k, n);
        }
        map.code()
                .run(
                        in.arrays(),
                        in.offsets(),
                        uniforms,
                        out.arrays(),
                        out.offsets(),
                        0,
                        VectorWidth.roundUp(n));
    }

    private void gather(Instruction.Load load, int plane, int n) {
        int at = plane * STRIDE;
        String slot = load.slot().name();
        int component = load.component();
        if (slot.equals(corner)) {
            for (int k = 0; k < n; k++) {
                Numbers.set(gathered, at + k, grid.corner(number[k], component));
            }
        } else if (bound.arrays()[plane] == null && raster != null) {
            for (int k = 0; k < n; k++) {
                int pixel = component == 0 ? query[k] % raster.width() : query[k] / raster.width();
                Numbers.set(gathered, at + k, pixel + 0.5);
            }
        } else {
            int[] index =
                    switch (load.slot().role()) {
                        case PARAM -> source;
                        case PAIR -> number;
                        default -> query;
                    };
            Numbers.gather(bound.arrays()[plane], bound.offsets()[plane], index, n, gathered, at);
        }
    }
}
