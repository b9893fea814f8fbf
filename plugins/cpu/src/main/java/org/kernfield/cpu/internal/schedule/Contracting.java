package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledDense;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Precision;

/**
 * A contraction over a call: the rows that go by stored group by group, so that a product of
 * matrices reads them in order.
 */
final class Contracting {
    /** Rows of a block: their share of the components stays in cache with a part's targets. */
    static final int BLOCK = 128;

    /** Components of a block. */
    private static final int COMPONENTS = 256;

    final CompiledDense.Contracted contracted;
    private final Precision precision;
    private final PlanarBuffer targets;
    private final PlanarBuffer others;
    private final int width;
    private final int tile;
    private final Object rows;

    Contracting(
            Execution execution,
            CompiledDense dense,
            CompiledDense.Contracted contracted,
            Args args,
            int count) {
        this.contracted = contracted;
        this.precision = dense.precision();
        this.tile = dense.tile;
        targets = (PlanarBuffer) args.buffers().get(contracted.targets().name());
        others = (PlanarBuffer) args.buffers().get(contracted.passing().name());
        width = contracted.targets().width();
        long padded = Math.ceilDiv(count, CompiledDense.TOGETHER) * (long) CompiledDense.TOGETHER;
        rows = execution.scratch().numbers(precision, "rows " + contracted.line(), padded * width);
        execution.forEach(
                Math.ceilDiv(count, BLOCK),
                block -> {
                    int from = block * BLOCK;
                    int to = Math.min(count, from + BLOCK);
                    for (int c = 0; c < width; c++) {
                        Numbers.interleave(
                                others.data(),
                                others.offset(c) + from,
                                rows,
                                from * width + c * CompiledDense.TOGETHER,
                                CompiledDense.TOGETHER,
                                width,
                                to - from);
                    }
                });
    }

    /** The contractions of a part's targets with a block of rows, a plane a tile. */
    final class Part {
        private final int tiles;
        private final Object packed;
        private final Object[] results;

        Part(int from, int to) {
            tiles = Math.ceilDiv(to - from, tile);
            packed = Numbers.array(precision, tiles * width * tile);
            results = new Object[tiles];
            for (int t = 0; t < tiles; t++) {
                results[t] = Numbers.array(precision, BLOCK * tile);
                for (int c = 0; c < width; c++) {
                    System.arraycopy(
                            targets.data(),
                            targets.offset(c) + from + t * tile,
                            packed,
                            (t * width + c) * tile,
                            tile);
                }
            }
        }

        /** The plane of tile {@code t}. */
        Object plane(int t) {
            return results[t];
        }

        /** Fills the planes for rows {@code first} to {@code last} − 1, at most a block. */
        void compute(int first, int last) {
            int together = CompiledDense.TOGETHER;
            int count = Math.ceilDiv(last - first, together) * together;
            for (Object plane : results) {
                Numbers.fill(plane, 0, count * tile, 0);
            }
            for (int c = 0; c < width; c += COMPONENTS) {
                int end = Math.min(width, c + COMPONENTS);
                for (int t = 0; t < tiles; t++) {
                    contracted
                            .code()
                            .run(
                                    packed,
                                    t * width * tile,
                                    rows,
                                    first * width,
                                    width,
                                    results[t],
                                    0,
                                    c,
                                    end,
                                    count);
                }
            }
        }
    }

    /** The least and the greatest value that the rows of this call allow. */
    double[] extremes(int targetCount, int otherCount) {
        double low = 0;
        double high = 0;
        boolean isDistance = contracted.kind() == Contraction.SQDIST;
        for (int c = 0; c < width; c++) {
            double[] x = extremes(targets, c, targetCount);
            double[] p = extremes(others, c, otherCount);
            if (isDistance) {
                double most = Math.max(x[1] - p[0], p[1] - x[0]);
                high += most * most;
            } else {
                double most =
                        Math.max(Math.abs(x[0]), Math.abs(x[1]))
                                * Math.max(Math.abs(p[0]), Math.abs(p[1]));
                low -= most;
                high += most;
            }
        }
        return new double[] {low, high};
    }

    private static double[] extremes(PlanarBuffer buffer, int component, int count) {
        int offset = buffer.offset(component);
        return Numbers.extremes(buffer.data(), offset, offset + count);
    }
}
