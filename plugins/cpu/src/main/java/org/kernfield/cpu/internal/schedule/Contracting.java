package org.kernfield.cpu.internal.schedule;

import org.kernfield.cpu.internal.code.CompiledContraction;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Packing;
import org.kernfield.cpu.internal.memory.PlanarBuffer;
import org.kernfield.cpu.internal.plan.DensePlan;
import org.kernfield.cpu.internal.plan.Sensitivity;
import org.kernfield.kernel.Contraction;
import org.kernfield.kernel.Precision;

import java.util.Arrays;
import java.util.List;

/**
 * A contraction over a call: the rows that go by stored group by group, so that a product of
 * matrices reads them in order.
 *
 * <p>A squared distance is taken as |x|² + |p|² − 2 x·p, of rows less their mean, where rounding in
 * proportion to |x|² + |p|² changes no term by much, and from differences elsewhere.
 */
final class Contracting {
    /** What expanding a square may change of a term, relative to it. */
    private static final double ALLOWED_32 = 0.75e-6;

    private static final double ALLOWED_64 = 0.75e-14;

    /** How much more rounding there is where rows were scaled. */
    private static final double SCALED = 2;

    /** Rounding of an expanded square, relative to |x|² + |p|². */
    private static final double ROUNDING_32 = 1.5 * 0x1p-24;

    private static final double ROUNDING_64 = 1.5 * 0x1p-53;

    private static final int PART = 512;
    private static final int GROUP = CompiledContraction.GROUP;

    final CompiledContraction contraction;
    private final DenseCall call;
    private final PlanarBuffer targets;
    private final PlanarBuffer others;
    private final int depth;

    /** The most that |x|² + |p|² may be where squares are expanded; 0 where they never are. */
    private final double most;

    private final double[] centre;

    /** Of each component of rows that are contracted as a product. */
    private final double[] scale;

    /** The same as compiled code reads it; null for none. */
    private final Object scales;

    private final Object targetSquares;
    private final Object rowSquares;

    /** Rows less their mean; null where squares are nowhere expanded. */
    private final Object shifted;

    /** Rows as they are; null where all squares are expanded. */
    private final Object plain;

    /**
     * @param ranges null where nobody has looked
     */
    Contracting(DenseCall call, CompiledContraction contraction, RowRanges ranges) {
        this.call = call;
        this.contraction = contraction;
        targets = (PlanarBuffer) call.args.buffers().get(contraction.targets().name());
        others = (PlanarBuffer) call.args.buffers().get(contraction.passing().name());
        depth = contraction.targets().width();
        scale = scale();
        scales = contraction.scale().isEmpty() ? null : numbers(scale);
        most = ranges == null || contraction.expanded().isEmpty() ? 0 : most(ranges);
        if (most > 0) {
            centre = centre();
            targetSquares = squares("target squares", targets, call.targets);
            rowSquares = squares("row squares", others, call.rows);
            shifted = packed("shifted", centre, scale);
        } else {
            centre = null;
            targetSquares = null;
            rowSquares = null;
            shifted = null;
        }
        plain =
                expands(0, call.targets, 0, call.rows)
                        ? null
                        : packed("rows", new double[depth], plainScale());
    }

    private double[] scale() {
        var ones = new double[depth];
        Arrays.fill(ones, 1);
        return contraction.scale().map(s -> call.args.uniforms().get(s.name())).orElse(ones);
    }

    private Object numbers(double[] values) {
        Object numbers = Numbers.array(call.dense.precision(), depth);
        for (int c = 0; c < depth; c++) {
            Numbers.set(numbers, c, values[c]);
        }
        return numbers;
    }

    /** Differences are taken of rows as they are. */
    private double[] plainScale() {
        boolean isProduct = contraction.kind() == Contraction.DOT;
        var ones = new double[depth];
        Arrays.fill(ones, 1);
        return isProduct ? scale : ones;
    }

    private double most(RowRanges ranges) {
        DensePlan plan = call.dense.plan;
        var sensitivity =
                new Sensitivity(plan.ssa, ranges.ofLines(), plan.needed, contraction.line());
        double relative = 0;
        for (int term : plan.terms) {
            relative = Math.max(relative, sensitivity.relative(term));
        }
        relative *= scales == null ? 1 : SCALED;
        return call.dense.precision() == Precision.F32
                ? ALLOWED_32 / (ROUNDING_32 * relative)
                : ALLOWED_64 / (ROUNDING_64 * relative);
    }

    /** The mean of the rows that go by. */
    private double[] centre() {
        var mean = new double[depth];
        call.execution.forEach(
                depth,
                c -> {
                    int at = others.offset(c);
                    mean[c] = Numbers.sum(others.data(), at, at + call.rows) / call.rows;
                });
        return mean;
    }

    /** |x|² of each row less the centre. */
    private Object squares(String name, PlanarBuffer buffer, int count) {
        Object squares = scratch(name, count + GROUP);
        call.execution.forEach(
                Math.ceilDiv(count, PART),
                part -> {
                    int from = part * PART;
                    int to = Math.min(count, from + PART);
                    var sums = new double[to - from];
                    for (int c = 0; c < depth; c++) {
                        int at = buffer.offset(c) + from;
                        Packing.addSquares(buffer.data(), at, centre[c], scale[c], sums, to - from);
                    }
                    for (int i = from; i < to; i++) {
                        Numbers.set(squares, i, sums[i - from]);
                    }
                });
        return squares;
    }

    private Object packed(String name, double[] shift, double[] factor) {
        long padded = Math.ceilDiv(call.rows, GROUP) * (long) GROUP;
        Object packed = scratch(name, padded * depth);
        call.execution.forEach(
                Math.ceilDiv(call.rows, PART),
                part -> {
                    int from = part * PART;
                    int to = Math.min(call.rows, from + PART);
                    pack(others, from, to, shift, factor, packed, from * depth, GROUP);
                });
        return packed;
    }

    private Object scratch(String name, long length) {
        var precision = call.dense.precision();
        return call.execution.scratch().numbers(precision, name + " " + contraction.line(), length);
    }

    private void pack(
            PlanarBuffer buffer,
            int from,
            int to,
            double[] shift,
            double[] factor,
            Object into,
            int at,
            int group) {
        for (int c = 0; c < depth; c++) {
            int start = buffer.offset(c) + from;
            Packing.pack(
                    buffer.data(),
                    start,
                    shift[c],
                    factor[c],
                    into,
                    at + c * group,
                    group,
                    depth,
                    to - from);
        }
    }

    /** Whether squares of some targets with some rows may be expanded. */
    private boolean expands(int from, int to, int first, int last) {
        return most > 0
                && Numbers.max(targetSquares, from, to) + Numbers.max(rowSquares, first, last)
                        <= most;
    }

    /** The contractions of a strip's targets. */
    final class Strip {
        private final int from;
        private final int to;
        private final int tile = CompiledContraction.tile(call.dense.precision());
        private final int tiles;
        private final Object squares;
        private Object shiftedTargets;
        private Object plainTargets;

        Strip(int from, int to) {
            this.from = from;
            this.to = to;
            tiles = Math.ceilDiv(to - from, tile);
            squares = most > 0 ? Numbers.array(call.dense.precision(), tiles * tile) : null;
            if (most > 0) {
                System.arraycopy(targetSquares, from, squares, 0, to - from);
            }
        }

        /** Writes the numbers of rows {@code first} to {@code last} − 1, row by row. */
        void compute(int first, int last, Object into, int at) {
            if (plain == null || expands(from, to, first, last)) {
                shiftedTargets = shiftedTargets == null ? targets(centre, scale) : shiftedTargets;
                run(contraction.expanded(), shiftedTargets, shifted, first, last, into, at);
            } else {
                plainTargets =
                        plainTargets == null
                                ? targets(new double[depth], plainScale())
                                : plainTargets;
                run(contraction.exact(), plainTargets, plain, first, last, into, at);
            }
        }

        private Object targets(double[] shift, double[] factor) {
            Object packed = Numbers.array(call.dense.precision(), tiles * tile * depth);
            pack(targets, from, to, shift, factor, packed, 0, tile);
            return packed;
        }

        private void run(
                List<CompiledContraction.Pass> passes,
                Object own,
                Object rows,
                int first,
                int last,
                Object into,
                int at) {
            int group = first / GROUP;
            int groups = Math.ceilDiv(last, GROUP) - group;
            for (var pass : passes) {
                pass.code()
                        .run(
                                own,
                                tiles,
                                rows,
                                group * GROUP * depth,
                                groups,
                                depth,
                                pass.from(),
                                pass.to(),
                                into,
                                at,
                                call.dense.layout.width(),
                                squares,
                                rowSquares,
                                group * GROUP,
                                scales);
            }
        }
    }
}
