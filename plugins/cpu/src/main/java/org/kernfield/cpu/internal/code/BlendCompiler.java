package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.BlendPlan;
import org.kernfield.cpu.internal.plan.Costs;
import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Compiles a {@link BlendPlan} into {@link BlendCode}: source by source, block by block of the
 * tile, front to back. Of a block, several rows of pixels go through each stage together, opacities
 * before transmittance before colours, so that the processor has more than one chain to work on.
 *
 * <p>A pixel that is done has its transmittance negated, so that a further source would only lower
 * it and is recognised by the same comparison.
 */
final class BlendCompiler {
    private static final int NONE = -1;
    private static final ClassDesc INT = ConstantDescs.CD_int;

    /** Vector operations that rows of pixels may have side by side. */
    private static final int ABREAST = 360;

    private final BlendPlan blend;
    private final PairPlan plan;
    private final UniformLayout uniforms;
    private final boolean isCareful;
    private final LaneCode v;
    private final CodeBuilder b;
    private final Emitter emitter;
    private final Tile tile;
    private final int planes;
    private final int sums;
    private final int abreast;
    private int[] inPlanes;
    private int[] inOffsets;
    private int[] offsets;
    private int none;
    private int place;
    private int alphaMax;
    private int alphaMin;
    private int transmittanceMin;
    private int zero;
    private int one;
    private int[] sumOffsets;

    private BlendCompiler(
            BlendPlan blend,
            UniformLayout uniforms,
            Precision precision,
            boolean isCareful,
            CodeBuilder b) {
        this.blend = blend;
        this.plan = blend.pairs;
        this.uniforms = uniforms;
        this.isCareful = isCareful;
        this.b = b;
        this.v = LaneCode.of(b, precision);
        this.tile = Tile.of(precision);
        var results = new LinkedHashSet<>(plan.results);
        results.addAll(plan.rowTerms);
        results.addAll(plan.sourceTerms);
        this.emitter = new Emitter(v, plan.ssa, plan.needed, results);
        this.planes = v.array(b.parameterSlot(7));
        this.sums = v.array(b.parameterSlot(12));
        int cost = Costs.of(plan.ssa, blend.first) + Costs.of(plan.ssa, blend.second);
        cost += BlendWarmup.layerCost(blend);
        this.abreast = cost * 4 <= ABREAST ? 4 : cost * 2 <= ABREAST ? 2 : 1;
    }

    /**
     * @param isCareful whether anything may be infinite or NaN at a pixel that is not painted
     */
    static BlendCode compile(
            String name,
            BlendPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isCareful) {
        return HiddenClass.implement(
                BlendCode.class,
                (plan.intoSources() ? "unblend_" : "blend_") + name,
                b -> new BlendCompiler(plan, uniforms, precision, isCareful, b).method());
    }

    private void method() {
        none = v.newInt(0);
        place = v.newInt(0);
        int uniform = v.array(b.parameterSlot(6));
        int records = v.array(b.parameterSlot(2));
        emitter.emit(
                Levels.exactly(plan.ssa, plan.needed, 0),
                l -> v.broadcast(uniform, none, v.newInt(uniforms.index(l))));
        inPlanes = v.planes(b.parameterSlot(0), plan.inputs.size());
        inOffsets = v.elements(b.parameterSlot(1), plan.inputs.size());
        offsets = new int[blend.channels.size() + (blend.intoSources() ? 2 : 1)];
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = v.newInt(k * Tile.PLANE);
        }
        sumOffsets = new int[plan.sourceTerms.size()];
        for (int k = 0; k < sumOffsets.length; k++) {
            sumOffsets[k] = v.newInt(k * v.lanes());
        }
        alphaMax = v.constant(blend.compositing.alphaMax());
        alphaMin = v.constant(blend.compositing.alphaMin());
        transmittanceMin = v.constant(blend.compositing.transmittanceMin());
        zero = v.constant(0);
        one = v.constant(1);
        int e = v.newInt(0);
        Loop.each(
                v,
                e,
                b.parameterSlot(5),
                () -> {
                    b.aload(b.parameterSlot(3)).iload(e).iaload();
                    int record = v.storeInt();
                    for (int k = 0; k < plan.sourceValues.size(); k++) {
                        emitter.defineSource(
                                plan.sourceValues.get(k),
                                v.broadcast(records, record, v.newInt(k)));
                    }
                    source(e);
                });
        b.return_();
    }

    private void source(int e) {
        for (int sum : sumOffsets) {
            v.store(zero, sums, sum, place);
        }
        b.aload(b.parameterSlot(4)).iload(e).laload();
        Loop.bits(v, this::block);
        b.iinc(place, sumOffsets.length * v.lanes());
    }

    /** One block of the tile. */
    private void block(int number) {
        b.iload(number).loadConstant(tile.across - 1).iand().loadConstant(tile.lanes).imul();
        int left = v.storeInt();
        b.iload(number).loadConstant(Integer.numberOfTrailingZeros(tile.across)).iushr();
        b.loadConstant(tile.rows).imul();
        int top = v.storeInt();
        b.iload(left).iload(b.parameterSlot(8)).iadd();
        int column = v.storeInt();
        int x = v.add(v.broadcastInt(column), v.add(v.iota(), v.constant(0.5)));
        emitter.emit(
                Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY | Levels.AFTER_ROW),
                l -> x);
        if (abreast >= tile.rows) {
            rows(left, column, top);
        } else {
            b.iload(top).loadConstant(tile.rows).iadd();
            int bottom = v.storeInt();
            Loop.steps(v, top, bottom, abreast, () -> rows(left, column, top));
        }
        emitter.forget(Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY));
    }

    /**
     * Some rows of pixels of a block, side by side.
     *
     * @param left first column of the block in the tile
     * @param column the same on the raster
     * @param top first of the rows in the tile
     */
    private void rows(int left, int column, int top) {
        b.iload(top).iload(b.parameterSlot(9)).iadd();
        int y = v.add(v.broadcastInt(v.storeInt()), v.constant(0.5));
        b.iload(top).loadConstant(Tile.WIDTH).imul().iload(left).iadd();
        int start = v.storeInt();
        var rows = new ArrayList<Row>();
        for (int k = 0; k < Math.min(abreast, tile.rows); k++) {
            rows.add(new Row(k, start, top, y, column));
        }
        rows.forEach(Row::opacity);
        rows.forEach(Row::load);
        rows.forEach(Row::dim);
        rows.forEach(Row::store);
        if (blend.intoSources()) {
            if (weightTellsIdle()) {
                v.unlessAll(v.atMost(weights(rows), zero), () -> carryBack(rows));
            } else {
                carryBack(rows);
            }
        } else {
            for (int k = 0; k < blend.channels.size(); k++) {
                int channel = k;
                rows.forEach(row -> row.paint(channel));
            }
        }
    }

    /** With limits above 0 neither T nor what is seen is ever 0 where anything is painted. */
    private boolean weightTellsIdle() {
        return blend.compositing.alphaMin() > 0 && blend.compositing.transmittanceMin() > 0;
    }

    /** What the source is seen with in all of the rows: 0 where it adds nothing to any sum. */
    private int weights(List<Row> rows) {
        int sum = rows.getFirst().weight;
        for (Row row : rows.subList(1, rows.size())) {
            sum = v.add(sum, row.weight);
        }
        return sum;
    }

    private void carryBack(List<Row> rows) {
        var sums = new int[plan.rowTerms.size()];
        Arrays.fill(sums, NONE);
        rows.forEach(row -> row.carryBack(sums));
        add(sums);
    }

    /** Adds what some rows have given to the source's sums. */
    private void add(int[] rowSums) {
        var after = Levels.with(plan.ssa, plan.needed, Levels.AFTER_ROW, Levels.QUERY);
        emitter.emit(after, l -> rowSums[l.component()]);
        for (int k = 0; k < sumOffsets.length; k++) {
            int sum = v.load(sums, sumOffsets[k], place);
            v.store(emitter.accumulate(plan.sourceTerms.get(k), sum), sums, sumOffsets[k], place);
        }
        emitter.forget(after);
    }

    /** A row of a block: one vector of pixels. Values are locals. */
    private final class Row {
        private final int index;
        private final int y;
        private final int pixel;
        private final int[] channels = new int[blend.channels.size()];

        /** What the emitter knows of this row. */
        private int[] known;

        // masks are computed where they are used: carried past a load they would be made arrays
        private int opacity;
        private int before;
        private int a;
        private int weight;
        private int after;

        /**
         * @param k number of the row
         * @param start where row 0 begins in a plane of the tile
         * @param top row 0 in the tile
         * @param first y of row 0
         */
        Row(int k, int start, int top, int first, int column) {
            b.iload(start).loadConstant(k * Tile.WIDTH).iadd();
            index = v.storeInt();
            y = k == 0 ? first : v.add(first, v.constant(k));
            pixel = plan.inputs.isEmpty() ? -1 : pixel(top, k, column);
        }

        /** The query at the row's first pixel; below the raster that of its last row. */
        private int pixel(int top, int k, int column) {
            b.iload(top).loadConstant(k).iadd();
            b.iload(b.parameterSlot(10)).loadConstant(1).isub();
            b.invokestatic(Loop.MATH, "min", MethodTypeDesc.of(INT, INT, INT));
            b.iload(b.parameterSlot(9)).iadd();
            b.iload(b.parameterSlot(11)).imul().iload(column).iadd();
            return v.storeInt();
        }

        private int input(Instruction.Load l) {
            int k = plan.inputs.indexOf(l);
            return k < 0 ? y : v.load(inPlanes[k], inOffsets[k], pixel);
        }

        /** α with its limits, and the channels. */
        void opacity() {
            emitter.emit(blend.first, this::input);
            opacity = emitter.value(blend.alpha);
            for (int k = 0; k < channels.length; k++) {
                channels[k] = emitter.value(blend.channels.get(k));
            }
            known = emitter.known();
            emitter.forget(blend.first);
            a = cut();
            a = v.select(v.less(a, alphaMin), zero, a);
        }

        private int cut() {
            return v.select(v.less(alphaMax, opacity), alphaMax, opacity);
        }

        void load() {
            before = v.load(planes, offsets[0], index);
        }

        /** T · a, and what is left of T. */
        void dim() {
            weight = v.multiply(before, a);
            int rest = v.subtract(before, weight);
            int done = v.or(v.less(rest, transmittanceMin), v.less(before, zero));
            weight = v.select(done, zero, weight);
            after = v.select(done, v.negate(v.abs(before)), rest);
        }

        void store() {
            v.store(after, planes, offsets[0], index);
        }

        /**
         * Where nothing may be added: T · a alone does not say it where a channel is not finite.
         */
        private int idle() {
            if (weightTellsIdle()) {
                return v.atMost(weight, zero);
            }
            return v.or(v.less(cut(), alphaMin), v.less(after, zero));
        }

        void paint(int k) {
            int seen = v.load(planes, offsets[1 + k], index);
            int more = v.fma(weight, channels[k], seen);
            v.store(isCareful ? v.select(idle(), seen, more) : more, planes, offsets[1 + k], index);
        }

        /** With −R what is still to come, weighted by cotangents: dα = T·g·F − R / (1 − α). */
        void carryBack(int[] sums) {
            var g = new int[channels.length];
            int along = zero;
            for (int k = 0; k < g.length; k++) {
                g[k] = v.load(planes, offsets[2 + k], index);
                along = k == 0 ? v.multiply(g[k], channels[k]) : v.fma(g[k], channels[k], along);
            }
            int behind = v.load(planes, offsets[1], index);
            int further = v.fma(weight, along, behind);
            if (isCareful) {
                further = v.select(idle(), behind, further);
            }
            v.store(further, planes, offsets[1], index);
            int slope = v.fma(before, along, v.divide(further, v.subtract(one, a)));
            int byAlpha = v.select(v.or(v.less(alphaMax, opacity), idle()), zero, slope);
            emitter.recall(known);
            emitter.emit(
                    blend.second,
                    l -> {
                        if (l.slot().role() != Slot.Role.PAIR) {
                            return input(l);
                        }
                        int k = blend.cotangent(l);
                        return k == BlendPlan.ALPHA ? byAlpha : v.multiply(weight, g[k]);
                    });
            for (int k = 0; k < sums.length; k++) {
                sums[k] = sum(plan.rowTerms.get(k), sums[k], g);
            }
            emitter.forget(blend.first);
            emitter.forget(blend.second);
        }

        /**
         * @param g the channels' cotangents
         */
        private int sum(int term, int before, int[] g) {
            if (isCareful) {
                int more = v.select(idle(), zero, emitter.value(term));
                return before == NONE ? more : v.add(before, more);
            }
            if (before == NONE) {
                return emitter.value(term);
            }
            if (plan.ssa.get(term) instanceof Instruction.Load l
                    && l.slot().role() == Slot.Role.PAIR
                    && blend.cotangent(l) != BlendPlan.ALPHA) {
                return v.fma(weight, g[blend.cotangent(l)], before);
            }
            return emitter.accumulate(term, before);
        }
    }
}
