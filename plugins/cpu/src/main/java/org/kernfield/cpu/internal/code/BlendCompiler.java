package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.BlendPlan;
import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;
import org.kernfield.kernel.Slot;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashSet;

/**
 * Compiles a {@link BlendPlan} into {@link BlendCode}: source by source, row by row of its box in
 * the tile, a vector of pixels at a time, front to back.
 *
 * <p>A pixel that is done has its transmittance negated, so that a further source would only lower
 * it and is recognised by the same comparison.
 */
final class BlendCompiler {
    private static final ClassDesc FOLD = Fold.class.describeConstable().orElseThrow();
    private static final ClassDesc INT = ConstantDescs.CD_int;

    private final BlendPlan blend;
    private final PairPlan plan;
    private final UniformLayout uniforms;
    private final boolean isCareful;
    private final LaneCode v;
    private final CodeBuilder b;
    private final Emitter emitter;
    private final int tile;
    private final int sums;
    private final int scratch;
    private int[] inPlanes;
    private int[] inOffsets;
    private int[] tileOffsets;
    private int iota;
    private int alphaMax;
    private int alphaMin;
    private int transmittanceMin;
    private int zero;
    private int one;
    private int columns;
    private int[] rowSums;
    private int[] sourceSums;

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
        var results = new LinkedHashSet<>(plan.results);
        results.addAll(plan.rowTerms);
        results.addAll(plan.sourceTerms);
        this.emitter = new Emitter(v, plan.ssa, plan.needed, results);
        this.sums = v.array(b.parameterSlot(10));
        this.scratch = v.array(b.parameterSlot(11));
        this.tile = v.array(b.parameterSlot(6));
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
        int none = v.newInt(0);
        int uniform = v.array(b.parameterSlot(5));
        int records = v.array(b.parameterSlot(2));
        emitter.emit(
                Levels.exactly(plan.ssa, plan.needed, 0),
                l -> v.broadcast(uniform, none, v.newInt(uniforms.index(l))));
        inPlanes = v.planes(b.parameterSlot(0), plan.inputs.size());
        inOffsets = v.elements(b.parameterSlot(1), plan.inputs.size());
        tileOffsets = new int[blend.channels.size() + (blend.intoSources() ? 2 : 1)];
        for (int k = 0; k < tileOffsets.length; k++) {
            tileOffsets[k] = v.newInt(k * Tile.PLANE);
        }
        iota = v.add(v.iota(), v.constant(0.5));
        alphaMax = v.constant(blend.compositing.alphaMax());
        alphaMin = v.constant(blend.compositing.alphaMin());
        transmittanceMin = v.constant(blend.compositing.transmittanceMin());
        zero = v.constant(0);
        one = v.constant(1);
        int record = v.newInt(0);
        int e = v.newInt(0);
        Loop.each(
                v,
                e,
                b.parameterSlot(4),
                () -> {
                    for (int k = 0; k < plan.sourceValues.size(); k++) {
                        emitter.defineSource(
                                plan.sourceValues.get(k),
                                v.broadcast(records, record, v.newInt(k)));
                    }
                    b.iinc(record, plan.sourceValues.size());
                    source(e);
                });
        b.return_();
    }

    private void source(int e) {
        int firstColumn = span(e, 0);
        int endColumn = span(e, 1);
        int y = span(e, 2);
        int endRow = span(e, 3);
        sourceSums = zeros(plan.sourceTerms.size());
        Loop.each(v, y, endRow, () -> row(y, firstColumn, endColumn));
        if (blend.intoSources()) {
            fold(e);
        }
    }

    private int span(int e, int k) {
        b.aload(b.parameterSlot(3)).iload(e).loadConstant(BlendCode.SPAN).imul();
        b.loadConstant(k).iadd().iaload();
        return v.storeInt();
    }

    private void row(int y, int firstColumn, int endColumn) {
        b.iload(y).iload(b.parameterSlot(8)).iadd();
        int rasterRow = v.storeInt();
        emitter.emit(
                Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY | Levels.AFTER_ROW),
                l -> v.add(v.broadcastInt(rasterRow), v.constant(0.5)));
        b.iload(y).loadConstant(Tile.STRIDE).imul();
        int start = v.storeInt();
        b.iload(rasterRow).iload(b.parameterSlot(9)).imul().iload(b.parameterSlot(7)).iadd();
        int query = v.storeInt();
        b.iload(firstColumn);
        int x = v.storeInt();
        b.iload(x).iload(b.parameterSlot(7)).iadd();
        columns = v.variable(v.add(v.broadcastInt(v.storeInt()), iota));
        rowSums = zeros(plan.rowTerms.size());
        Loop.whole(v, x, endColumn, () -> pixels(x, start, query));
        emitter.emit(
                Levels.with(plan.ssa, plan.needed, Levels.AFTER_ROW, Levels.QUERY),
                l -> rowSums[l.component()]);
        for (int k = 0; k < sourceSums.length; k++) {
            v.assign(sourceSums[k], emitter.accumulate(plan.sourceTerms.get(k), sourceSums[k]));
        }
        emitter.forget(
                Levels.with(plan.ssa, plan.needed, Levels.ROW | Levels.AFTER_ROW, Levels.QUERY));
    }

    /** One vector of pixels. */
    private void pixels(int x, int start, int query) {
        b.iload(start).iload(x).iadd();
        int index = v.storeInt();
        b.iload(query).iload(x).iadd();
        int pixel = v.storeInt();
        emitter.emit(
                blend.first,
                l -> {
                    int k = plan.inputs.indexOf(l);
                    return k < 0 ? v.variable(columns) : v.load(inPlanes[k], inOffsets[k], pixel);
                });
        int t = v.load(tile, tileOffsets[0], index);
        int opacity = emitter.value(blend.alpha);
        int cut = v.less(alphaMax, opacity);
        int a = v.select(cut, alphaMax, opacity);
        int faint = v.less(a, alphaMin);
        a = v.select(faint, zero, a);
        int weight = v.multiply(t, a);
        int rest = v.subtract(t, weight);
        int done = v.or(v.less(rest, transmittanceMin), v.less(t, zero));
        weight = v.select(done, zero, weight);
        v.store(v.select(done, v.negate(v.abs(t)), rest), tile, tileOffsets[0], index);
        if (blend.intoSources()) {
            carryBack(index, pixel, t, a, weight, cut, v.or(faint, done));
        } else {
            paint(index, weight, isCareful ? v.or(faint, done) : -1);
        }
        v.assign(columns, v.add(columns, v.constant(v.lanes())));
        emitter.forget(blend.first);
    }

    /**
     * @param idle the pixels that keep what they have, or −1 if the weight says it all
     */
    private void paint(int index, int weight, int idle) {
        for (int k = 0; k < blend.channels.size(); k++) {
            int before = v.load(tile, tileOffsets[1 + k], index);
            int after = v.fma(weight, emitter.value(blend.channels.get(k)), before);
            if (idle >= 0) {
                after = v.select(idle, before, after);
            }
            v.store(after, tile, tileOffsets[1 + k], index);
        }
    }

    /** With R what is still to come, weighted by cotangents: dα = T·g·F − R / (1 − α). */
    private void carryBack(int index, int pixel, int t, int a, int weight, int cut, int idle) {
        var g = new int[blend.channels.size()];
        int along = zero;
        for (int k = 0; k < g.length; k++) {
            g[k] = v.load(tile, tileOffsets[2 + k], index);
            along = v.fma(g[k], emitter.value(blend.channels.get(k)), along);
        }
        int before = v.load(tile, tileOffsets[1], index);
        int after = v.subtract(before, v.multiply(weight, along));
        if (isCareful) {
            after = v.select(idle, before, after);
        }
        v.store(after, tile, tileOffsets[1], index);
        int slope = v.multiply(t, along);
        slope = v.subtract(slope, v.divide(after, v.subtract(one, a)));
        int byAlpha = v.select(v.or(cut, idle), zero, slope);
        emitter.emit(
                blend.second,
                l -> {
                    int k = plan.inputs.indexOf(l);
                    if (k >= 0) {
                        return v.load(inPlanes[k], inOffsets[k], pixel);
                    }
                    if (l.slot().role() != Slot.Role.PAIR) {
                        return v.variable(columns);
                    }
                    int channel = blend.cotangent(l);
                    return channel == BlendPlan.ALPHA ? byAlpha : v.multiply(weight, g[channel]);
                });
        for (int k = 0; k < rowSums.length; k++) {
            int term = plan.rowTerms.get(k);
            v.assign(
                    rowSums[k],
                    isCareful
                            ? v.add(rowSums[k], v.select(idle, zero, emitter.value(term)))
                            : emitter.accumulate(term, rowSums[k]));
        }
        emitter.forget(blend.second);
    }

    private int[] zeros(int count) {
        var variables = new int[count];
        for (int k = 0; k < count; k++) {
            variables[k] = v.variable(zero);
        }
        return variables;
    }

    /** Adds the lanes of each source sum to the source's element. */
    private void fold(int e) {
        int first = span(e, 4);
        int none = v.newInt(0);
        for (int k = 0; k < sourceSums.length; k++) {
            v.store(sourceSums[k], scratch, v.newInt(k * v.lanes()), none);
        }
        for (int k = 0; k < sourceSums.length; k++) {
            b.aload(sums).iload(first).loadConstant(k).iadd().dup2();
            b.arrayLoad(v.element.kind);
            b.aload(scratch).loadConstant(k * v.lanes()).loadConstant(v.lanes());
            b.invokestatic(
                    FOLD, "lanes", MethodTypeDesc.of(v.element.type, v.element.array, INT, INT));
            v.addTwo();
            b.arrayStore(v.element.kind);
        }
    }
}
