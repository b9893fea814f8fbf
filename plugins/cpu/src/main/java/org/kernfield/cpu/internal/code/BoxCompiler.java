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
 * Compiles a {@link PairPlan} over a raster into {@link BoxCode}: source by source, its box in
 * bands of one or two vectors of columns, each band row by row. Boxes are rarely wider than that,
 * so a loop along the row would hardly begin before it ends; down a band the loop is long, what
 * depends on the column alone stays outside it, and the two vectors share what depends on the row.
 *
 * <p>Gathering adds to the queries in memory. Summing keeps a vector a term while it goes down a
 * band, adds it to one in memory, and folds the lanes of that once a source, in a fixed order.
 */
final class BoxCompiler {
    /** Vector operations of a pair up to which a method has room for a second and third copy. */
    private static final int ROOM_FOR_TWO = 120;

    private final PairPlan plan;
    private final UniformLayout uniforms;
    private final LaneCode v;
    private final CodeBuilder b;

    /** One for each vector of a band. */
    private final List<Emitter> emitters = new ArrayList<>();

    private final boolean isMasked;
    private final boolean isFlat;
    private final int stride;
    private final int scratch;

    /** Lines that are the same for the whole raster. */
    private final List<Integer> common;

    /** Lines that depend on the row and not on the column. */
    private final List<Integer> ofRow;

    /** Lines that depend on the column and neither on the row nor on what queries hold. */
    private final List<Integer> ofColumn;

    private final List<Integer> ofQuery;
    private final List<Integer> afterRow;
    private int[] inPlanes;
    private int[] inOffsets;
    private int[] outPlanes;
    private int[] outOffsets;
    private int[] places;
    private int zero;
    private int iota;

    private BoxCompiler(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isMasked,
            CodeBuilder b) {
        this.isMasked = isMasked;
        this.isFlat = plan.raster == null;
        this.plan = plan;
        this.uniforms = uniforms;
        this.b = b;
        this.v = LaneCode.of(b, precision);
        var results = new LinkedHashSet<>(plan.results);
        results.addAll(plan.rowTerms);
        results.addAll(plan.sourceTerms);
        int widest = isTwice(plan, isMasked) ? 2 : 1;
        for (int t = 0; t < widest; t++) {
            emitters.add(new Emitter(v, plan.ssa, plan.needed, results));
        }
        this.stride = b.parameterSlot(6);
        // gathering gets none: a null that warming up has not shown would undo the compiled code
        this.scratch = gathers() ? -1 : v.array(b.parameterSlot(13));
        common = Levels.exactly(plan.ssa, plan.needed, 0);
        ofRow = Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY | Levels.AFTER_ROW);
        ofColumn = plan.ofColumn;
        ofQuery = new ArrayList<>(Levels.with(plan.ssa, plan.needed, Levels.QUERY, 0));
        ofQuery.removeAll(ofColumn);
        afterRow = Levels.with(plan.ssa, plan.needed, Levels.AFTER_ROW, Levels.QUERY);
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

    /**
     * Whether two vectors of columns go side by side. Not where sums are carried along: HotSpot
     * takes seconds for two copies of that, and a fit of some seconds would wait for them.
     */
    private static boolean isTwice(PairPlan plan, boolean isMasked) {
        boolean isGathering = plan.finish == null && plan.raster != null;
        return isGathering && !isMasked && plan.cost() <= ROOM_FOR_TWO;
    }

    private boolean gathers() {
        return plan.finish == null;
    }

    private void method() {
        zero = v.newInt(0);
        int uniform = v.array(b.parameterSlot(3));
        var first = emitters.getFirst();
        first.emit(common, l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
        inPlanes = v.planes(b.parameterSlot(0), plan.inputs.size());
        inOffsets = v.elements(b.parameterSlot(1), plan.inputs.size());
        int[] sources = v.planes(b.parameterSlot(2), plan.sourceValues.size());
        int outputs = gathers() ? plan.results.size() : plan.sourceTerms.size();
        outPlanes = v.planes(b.parameterSlot(4), outputs);
        outOffsets = v.elements(b.parameterSlot(5), outputs);
        places = new int[plan.sourceTerms.size()];
        for (int k = 0; k < places.length; k++) {
            places[k] = v.newInt(k * v.lanes());
        }
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
                        first.defineSource(
                                plan.sourceValues.get(k), v.broadcast(sources[k], zero, j));
                    }
                    source(j);
                });
        b.return_();
    }

    private void source(int j) {
        int x = boxElement(j, 0);
        int end = boxElement(j, 1);
        int firstRow = boxElement(j, 2);
        b.iload(firstRow).iload(b.parameterSlot(11));
        b.invokestatic(Loop.MATH, "max", INT_INT_INT).istore(firstRow);
        int endRow = boxElement(j, 3);
        b.iload(endRow).iload(b.parameterSlot(12));
        b.invokestatic(Loop.MATH, "min", INT_INT_INT).istore(endRow);
        if (!gathers()) {
            int none = v.constant(0);
            for (int place : places) {
                v.store(none, scratch, place, zero);
            }
        }
        if (isFlat) {
            line(x, end, firstRow, endRow);
        }
        for (int vectors = isFlat ? 0 : emitters.size(); vectors > 0; vectors--) {
            int width = vectors * v.lanes();
            b.iload(end).loadConstant(isMasked ? 0 : width - 1).isub();
            int last = v.storeInt();
            int taken = vectors;
            Loop.steps(v, x, last, width, () -> band(taken, x, end, firstRow, endRow));
        }
        if (!gathers()) {
            fold(j);
        }
    }

    private int boxElement(int j, int k) {
        b.aload(b.parameterSlot(10)).iload(j).loadConstant(4).imul().loadConstant(k).iadd();
        b.iaload();
        return v.storeInt();
    }

    /** Columns from {@code x} on, all rows of the box. */
    private void band(int vectors, int x, int end, int firstRow, int endRow) {
        var first = emitters.getFirst();
        for (int t = 0; t < vectors; t++) {
            var emitter = emitters.get(t);
            emitter.share(first, common);
            emitter.share(first, plan.sourceValues);
            int columns = v.add(v.broadcastInt(x), v.add(iota, v.constant(t * v.lanes())));
            emitter.emit(ofColumn, l -> columns);
        }
        int mask = isMasked ? v.inRange(x, end) : -1;
        int[] sums = zeros();
        b.iload(firstRow);
        int y = v.storeInt();
        Loop.each(v, y, endRow, () -> row(vectors, x, y, mask, sums));
        keep(sums);
        for (int t = 0; t < vectors; t++) {
            emitters.get(t).forget(ofColumn);
        }
    }

    /** Plain rows, which make boxes one row high: a vector after the other. */
    private void line(int x, int end, int firstRow, int endRow) {
        int[] sums = zeros();
        Loop.each(
                v,
                firstRow,
                endRow,
                () -> {
                    b.iload(x);
                    int at = v.storeInt();
                    Loop.whole(
                            v,
                            at,
                            end,
                            () -> {
                                int mask = isMasked ? v.inRange(at, end) : -1;
                                row(1, at, firstRow, mask, sums);
                            });
                });
        keep(sums);
    }

    private int[] zeros() {
        var sums = new int[plan.sourceTerms.size()];
        for (int k = 0; k < sums.length; k++) {
            sums[k] = v.variable(v.constant(0));
        }
        return sums;
    }

    /** Adds a band's sums to the source's. */
    private void keep(int[] sums) {
        for (int k = 0; k < sums.length; k++) {
            v.store(v.add(v.load(scratch, places[k], zero), sums[k]), scratch, places[k], zero);
        }
    }

    /** One row of a band. */
    private void row(int vectors, int x, int y, int mask, int[] sums) {
        var first = emitters.getFirst();
        // coordinates of a raster: the only loads that are neither planes nor sums
        first.emit(ofRow, l -> v.add(v.broadcastInt(y), v.constant(0.5)));
        int[] rowSums = new int[plan.rowTerms.size()];
        for (int t = 0; t < vectors; t++) {
            b.iload(y).iload(stride).imul().iload(x).iadd().loadConstant(t * v.lanes()).iadd();
            int index = v.storeInt();
            queries(emitters.get(t), index, mask);
            for (int k = 0; k < rowSums.length; k++) {
                rowSums[k] = rowSum(emitters.get(t), plan.rowTerms.get(k), t, rowSums[k], mask);
            }
        }
        first.emit(afterRow, l -> rowSums[l.component()]);
        for (int k = 0; k < sums.length; k++) {
            v.assign(sums[k], first.accumulate(plan.sourceTerms.get(k), sums[k]));
        }
        first.forget(afterRow);
        for (int t = 0; t < vectors; t++) {
            emitters.get(t).forget(ofRow);
            emitters.get(t).forget(ofQuery);
        }
    }

    /** One vector of queries. */
    private void queries(Emitter emitter, int index, int mask) {
        emitter.share(emitters.getFirst(), ofRow);
        emitter.emit(
                ofQuery,
                l -> {
                    int k = plan.inputs.indexOf(l);
                    return v.load(inPlanes[k], inOffsets[k], index);
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
    }

    /** The sum along the row so far, with that of vector {@code t}. */
    private int rowSum(Emitter emitter, int term, int t, int before, int mask) {
        if (t > 0) {
            return emitter.accumulate(term, before);
        }
        int value = emitter.value(term);
        return mask < 0 ? value : v.select(mask, value, v.constant(0));
    }

    /** Adds the lanes of each source sum to the source's element of its plane. */
    private void fold(int j) {
        for (int k = 0; k < places.length; k++) {
            b.aload(outPlanes[k]).iload(outOffsets[k]).iload(j).iadd().dup2();
            b.arrayLoad(v.element.kind);
            b.aload(scratch).iload(places[k]).loadConstant(v.lanes());
            b.invokestatic(
                    FOLD, "lanes", MethodTypeDesc.of(v.element.type, v.element.array, INT, INT));
            v.addTwo();
            b.arrayStore(v.element.kind);
        }
    }

    private static final MethodTypeDesc INT_INT_INT = MethodTypeDesc.ofDescriptor("(II)I");
    private static final ClassDesc FOLD = Fold.class.describeConstable().orElseThrow();
    private static final ClassDesc INT = ConstantDescs.CD_int;
}
