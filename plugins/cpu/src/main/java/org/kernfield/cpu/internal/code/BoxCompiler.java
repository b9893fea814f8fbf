package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Compiles a {@link PairPlan} into {@link BoxCode}: source by source, row by row of its box, a
 * vector of queries at a time. Gathering adds to the queries in memory; summing keeps a vector a
 * term and folds its lanes once a source, in a fixed order.
 */
final class BoxCompiler {
    private final PairPlan plan;
    private final UniformLayout uniforms;
    private final LaneCode v;
    private final CodeBuilder b;
    private final Emitter emitter;
    private final int stride;
    private final int scratch;
    private int[] inPlanes;
    private int[] inOffsets;
    private int[] outPlanes;
    private int[] outOffsets;
    private int[] rowSums;
    private int[] sourceSums;
    private int iota;
    private int columns;

    private final boolean isMasked;

    private BoxCompiler(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isMasked,
            CodeBuilder b) {
        this.isMasked = isMasked;
        this.plan = plan;
        this.uniforms = uniforms;
        this.b = b;
        this.v = LaneCode.of(b, precision);
        var results = new LinkedHashSet<>(plan.results);
        results.addAll(plan.rowTerms);
        results.addAll(plan.sourceTerms);
        this.emitter = new Emitter(v, plan.ssa, plan.needed, results);
        this.stride = b.parameterSlot(6);
        this.scratch = v.array(b.parameterSlot(13));
    }

    /**
     * @param isMasked whether boxes may be of any width; otherwise it is a multiple of the vector's
     */
    static BoxCode compile(
            String name,
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isMasked) {
        String kind = (plan.finish == null ? "gather_" : "scatter_") + (isMasked ? "tail_" : "");
        return HiddenClass.implement(
                BoxCode.class,
                kind + name,
                b -> new BoxCompiler(plan, uniforms, precision, isMasked, b).method());
    }

    private boolean gathers() {
        return plan.finish == null;
    }

    private void method() {
        int zero = v.newInt(0);
        int uniform = v.array(b.parameterSlot(3));
        emitter.emit(level(0), l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
        inPlanes = v.planes(b.parameterSlot(0), plan.inputs.size());
        inOffsets = v.elements(b.parameterSlot(1), plan.inputs.size());
        int[] sources = v.planes(b.parameterSlot(2), plan.sourceValues.size());
        int outputs = gathers() ? plan.results.size() : plan.sourceTerms.size();
        outPlanes = v.planes(b.parameterSlot(4), outputs);
        outOffsets = v.elements(b.parameterSlot(5), outputs);
        iota = v.add(v.iota(), v.constant(0.5));
        int list = b.parameterSlot(7);
        int position = b.parameterSlot(8);
        Loop.each(
                v,
                position,
                b.parameterSlot(9),
                () -> {
                    b.aload(list).iload(position).iaload();
                    int j = v.storeInt();
                    for (int k = 0; k < sources.length; k++) {
                        emitter.defineSource(
                                plan.sourceValues.get(k), v.broadcast(sources[k], zero, j));
                    }
                    source(j);
                });
        b.return_();
    }

    private void source(int j) {
        int box = b.parameterSlot(10);
        int firstColumn = boxElement(box, j, 0);
        int endColumn = boxElement(box, j, 1);
        b.aload(box).iload(j).loadConstant(4).imul().loadConstant(2).iadd().iaload();
        b.iload(b.parameterSlot(11));
        b.invokestatic(MATH, "max", INT_INT_INT);
        int y = v.storeInt();
        b.aload(box).iload(j).loadConstant(4).imul().loadConstant(3).iadd().iaload();
        b.iload(b.parameterSlot(12));
        b.invokestatic(MATH, "min", INT_INT_INT);
        int endRow = v.storeInt();
        sourceSums = zeros(plan.sourceTerms.size());
        Loop.each(v, y, endRow, () -> row(y, firstColumn, endColumn));
        if (!gathers()) {
            fold(j);
        }
    }

    private int boxElement(int box, int j, int k) {
        b.aload(box).iload(j).loadConstant(4).imul().loadConstant(k).iadd().iaload();
        return v.storeInt();
    }

    private void row(int y, int firstColumn, int endColumn) {
        // coordinates of a raster: the only loads that are neither planes nor sums
        emitter.emit(
                Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY | Levels.AFTER_ROW),
                l -> v.add(v.broadcastInt(y), v.constant(0.5)));
        b.iload(y).iload(stride).imul();
        int start = v.storeInt();
        b.iload(firstColumn);
        int x = v.storeInt();
        columns = v.variable(v.add(v.broadcastInt(x), iota));
        rowSums = zeros(plan.rowTerms.size());
        Loop.whole(
                v, x, endColumn, () -> queries(x, start, isMasked ? v.inRange(x, endColumn) : -1));
        emitter.emit(
                Levels.with(plan.ssa, plan.needed, Levels.AFTER_ROW, Levels.QUERY),
                l -> rowSums[l.component()]);
        for (int k = 0; k < sourceSums.length; k++) {
            v.assign(sourceSums[k], emitter.accumulate(plan.sourceTerms.get(k), sourceSums[k]));
        }
        emitter.forget(
                Levels.with(plan.ssa, plan.needed, Levels.ROW | Levels.AFTER_ROW, Levels.QUERY));
    }

    /**
     * One vector of queries.
     *
     * @param mask the lanes that count, or −1 for all
     */
    private void queries(int x, int start, int mask) {
        b.iload(start).iload(x).iadd();
        int index = v.storeInt();
        List<Integer> lines = Levels.with(plan.ssa, plan.needed, Levels.QUERY, 0);
        emitter.emit(
                lines,
                l -> {
                    int k = plan.inputs.indexOf(l);
                    return k < 0 ? v.variable(columns) : v.load(inPlanes[k], inOffsets[k], index);
                });
        for (int k = 0; k < plan.results.size(); k++) {
            int before = v.load(outPlanes[k], outOffsets[k], index);
            int after = emitter.accumulate(plan.results.get(k), before);
            if (mask < 0) {
                v.store(after, outPlanes[k], outOffsets[k], index);
            } else {
                v.store(after, outPlanes[k], outOffsets[k], index, mask);
            }
        }
        for (int k = 0; k < rowSums.length; k++) {
            int term = plan.rowTerms.get(k);
            int sum =
                    mask < 0
                            ? emitter.accumulate(term, rowSums[k])
                            : v.add(rowSums[k], v.select(mask, emitter.value(term), v.constant(0)));
            v.assign(rowSums[k], sum);
        }
        v.assign(columns, v.add(columns, v.constant(v.lanes())));
        emitter.forget(lines);
    }

    private int[] zeros(int count) {
        var variables = new int[count];
        for (int k = 0; k < count; k++) {
            variables[k] = v.variable(v.constant(0));
        }
        return variables;
    }

    /** Adds the lanes of each source sum to the source's element of its plane. */
    private void fold(int j) {
        var offsets = new ArrayList<Integer>();
        for (int k = 0; k < sourceSums.length; k++) {
            offsets.add(v.newInt(k * v.lanes()));
            v.store(sourceSums[k], scratch, offsets.get(k), v.newInt(0));
        }
        for (int k = 0; k < sourceSums.length; k++) {
            b.aload(outPlanes[k]).iload(outOffsets[k]).iload(j).iadd().dup2();
            b.arrayLoad(v.element.kind);
            b.aload(scratch).iload(offsets.get(k)).loadConstant(v.lanes());
            b.invokestatic(
                    FOLD, "lanes", MethodTypeDesc.of(v.element.type, v.element.array, INT, INT));
            v.addTwo();
            b.arrayStore(v.element.kind);
        }
    }

    private List<Integer> level(int bits) {
        return Levels.exactly(plan.ssa, plan.needed, bits);
    }

    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final MethodTypeDesc INT_INT_INT = MethodTypeDesc.ofDescriptor("(II)I");
    private static final ClassDesc FOLD = Fold.class.describeConstable().orElseThrow();
    private static final ClassDesc INT = ConstantDescs.CD_int;
}
