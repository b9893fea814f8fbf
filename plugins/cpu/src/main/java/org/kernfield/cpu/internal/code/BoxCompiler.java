package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Compiles a {@link PairPlan} over a raster into {@link BoxCode}: source by source, its box in
 * bands of one or two vectors of columns, each band one or two rows at a time. Boxes are rarely
 * wider than that, so a loop along the row would hardly begin before it ends; down a band the loop
 * is long, what depends on the column alone stays outside it, and two vectors share what depends on
 * the row. What becomes of a row is for {@link BoxGathering} and {@link BoxSumming}.
 */
abstract class BoxCompiler {
    final PairPlan plan;
    final LaneCode v;
    final CodeBuilder b;

    /** One for each vector of columns. */
    final List<Emitter> emitters = new ArrayList<>();

    /** Lines that are the same for the whole raster. */
    final List<Integer> common;

    /** Lines that depend on the row and not on the column. */
    final List<Integer> ofRow;

    /** Lines that depend on the column and neither on the row nor on what queries hold. */
    final List<Integer> ofColumn;

    final List<Integer> ofQuery;

    private final UniformLayout uniforms;
    private final int columns;
    private final int rows;
    private final boolean isMasked;
    private final boolean isFlat;
    private final int stride;
    private final int zero;
    private final int[] inPlanes;
    private final int[] inOffsets;
    private int iota;

    /**
     * @param isMasked whether boxes may be of any width; otherwise it is a multiple of the vector's
     * @param columns vectors of columns side by side
     * @param rows taken at one time
     */
    BoxCompiler(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isMasked,
            int columns,
            int rows,
            CodeBuilder b) {
        this.isMasked = isMasked;
        this.isFlat = plan.raster == null;
        this.plan = plan;
        this.uniforms = uniforms;
        this.columns = columns;
        this.rows = rows;
        this.b = b;
        this.v = LaneCode.of(b, precision);
        var results = new LinkedHashSet<>(plan.results);
        results.addAll(plan.rowTerms);
        results.addAll(plan.sourceTerms);
        for (int t = 0; t < columns; t++) {
            emitters.add(new Emitter(v, plan.ssa, plan.needed, results));
        }
        stride = b.parameterSlot(6);
        common = Levels.exactly(plan.ssa, plan.needed, 0);
        ofRow = Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY | Levels.AFTER_ROW);
        ofColumn = plan.ofColumn;
        ofQuery = new ArrayList<>(Levels.with(plan.ssa, plan.needed, Levels.QUERY, 0));
        ofQuery.removeAll(ofColumn);
        zero = v.newInt(0);
        inPlanes = v.planes(b.parameterSlot(0), plan.inputs.size());
        inOffsets = v.elements(b.parameterSlot(1), plan.inputs.size());
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
        boolean gathers = plan.finish == null;
        String kind = (gathers ? "gather_" : "scatter_") + (isMasked ? "tail_" : "");
        return HiddenClass.implement(
                BoxCode.class,
                kind + name,
                b -> {
                    var compiler =
                            gathers
                                    ? BoxGathering.of(plan, uniforms, precision, isMasked, b)
                                    : new BoxSumming(plan, uniforms, precision, isMasked, b);
                    compiler.method();
                });
    }

    /** Before all sources. */
    abstract void begin();

    /**
     * Before the bands of a source.
     *
     * @param position local of its place in the list
     */
    abstract void source(int position);

    /**
     * {@code taken} rows of a band, from {@code y} on, {@code vectors} of columns from {@code x}
     * on.
     *
     * @param mask of the columns within the box; below 0 where all are
     */
    abstract void rows(int taken, int vectors, int x, int y, int mask);

    /** After the rows of a band. */
    abstract void endBand();

    private void method() {
        int uniform = v.array(b.parameterSlot(3));
        var first = emitters.getFirst();
        first.emit(common, l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
        int[] sources = v.planes(b.parameterSlot(2), plan.sourceValues.size());
        iota = v.add(v.iota(), v.constant(0.5));
        begin();
        int list = b.parameterSlot(7);
        b.iload(b.parameterSlot(8));
        int position = v.storeInt();
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
                    source(position);
                    box(j);
                });
        b.return_();
    }

    private void box(int j) {
        int x = boxElement(j, 0);
        int end = boxElement(j, 1);
        int firstRow = boxElement(j, 2);
        b.iload(firstRow).iload(b.parameterSlot(11));
        b.invokestatic(Loop.MATH, "max", INT_INT_INT).istore(firstRow);
        int endRow = boxElement(j, 3);
        b.iload(endRow).iload(b.parameterSlot(12));
        b.invokestatic(Loop.MATH, "min", INT_INT_INT).istore(endRow);
        if (isFlat) {
            line(x, end, firstRow, endRow);
        }
        for (int vectors = isFlat ? 0 : columns; vectors > 0; vectors--) {
            int width = vectors * v.lanes();
            b.iload(end).loadConstant(isMasked ? 0 : width - 1).isub();
            int last = v.storeInt();
            int taken = vectors;
            Loop.steps(v, x, last, width, () -> band(taken, x, end, firstRow, endRow));
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
            int places = v.add(v.broadcastInt(x), v.add(iota, v.constant(t * v.lanes())));
            emitter.emit(ofColumn, l -> places);
        }
        int mask = isMasked ? v.inRange(x, end) : -1;
        b.iload(firstRow);
        int y = v.storeInt();
        for (int taken = rows; taken > 0; taken--) {
            b.iload(endRow).loadConstant(taken - 1).isub();
            int last = v.storeInt();
            int together = taken;
            Loop.steps(v, y, last, taken, () -> rows(together, vectors, x, y, mask));
        }
        endBand();
        for (int t = 0; t < vectors; t++) {
            emitters.get(t).forget(ofColumn);
        }
    }

    /** Plain rows, which make boxes one row high: a vector after the other. */
    private void line(int x, int end, int firstRow, int endRow) {
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
                                rows(1, 1, at, firstRow, mask);
                            });
                });
    }

    /** The row {@code rows} below. */
    final int below(int y, int rows) {
        b.iload(y).loadConstant(rows).iadd();
        return v.storeInt();
    }

    /** The place of query (x + columns, y). */
    final int index(int x, int y, int columns) {
        b.iload(y).iload(stride).imul().iload(x).iadd().loadConstant(columns).iadd();
        return v.storeInt();
    }

    /** Coordinates of a raster are the only loads there that are neither planes nor sums. */
    final void row(Emitter emitter, int y) {
        emitter.emit(ofRow, l -> v.add(v.broadcastInt(y), v.constant(0.5)));
    }

    /** One vector of queries. */
    final void queries(Emitter emitter, int index) {
        emitter.emit(
                ofQuery,
                l -> {
                    int k = plan.inputs.indexOf(l);
                    return v.load(inPlanes[k], inOffsets[k], index);
                });
    }

    private static final MethodTypeDesc INT_INT_INT = MethodTypeDesc.ofDescriptor("(II)I");
}
