package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compiles a {@link PairPlan} over a raster into {@link BoxCode}: source by source, its box in
 * bands of one or two vectors of columns, each band one or two rows at a time. Boxes are rarely
 * wider than that, so a loop along the row would hardly begin before it ends; down a band the loop
 * is long, what depends on the column alone stays outside it, and the two vectors share what
 * depends on the row.
 *
 * <p>Gathering adds to the queries in memory, summing to a vector for each source and term, of
 * which {@link Fold} adds the lanes up when some sources are done: a call for each would cost more
 * than a row. Sums stay in memory because HotSpot may box vectors that a loop carries.
 */
final class BoxCompiler {
    /** Vector operations of a pair up to which a method has room for a second and third copy. */
    private static final int ROOM_FOR_TWO = 120;

    /** Lanes of which one vector is as wide as most boxes, so that rows go side by side instead. */
    private static final int WIDE = 16;

    private final PairPlan plan;
    private final UniformLayout uniforms;
    private final LaneCode v;
    private final CodeBuilder b;

    /** Vectors of columns side by side. */
    private final int columns;

    /** Rows taken at one time. */
    private final int rows;

    /** One for each of the columns. */
    private final List<Emitter> emitters = new ArrayList<>();

    private final boolean isMasked;
    private final boolean isFlat;
    private final int stride;
    private final int laneSums;

    /** Lines that are the same for the whole raster. */
    private final List<Integer> common;

    /** Lines that depend on the row and not on the column. */
    private final List<Integer> ofRow;

    /** Lines that depend on the column and neither on the row nor on what queries hold. */
    private final List<Integer> ofColumn;

    private final List<Integer> ofQuery;
    private final List<Integer> afterRow;

    /** Loads of a row's sum that are a source's term and nothing else. */
    private final Set<Integer> direct;

    private int[] inPlanes;
    private int[] inOffsets;
    private int[] outPlanes;
    private int[] outOffsets;
    private int[] places;

    /** Where the source's sums begin, those of its present band, and those of any further band. */
    private int sums;

    private int bandSums;
    private int spare;

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
        int together = isTwice(plan, isMasked) ? 2 : 1;
        boolean isWide = VectorWidth.LANES < WIDE;
        this.columns = isWide ? together : 1;
        this.rows = isWide ? 1 : together;
        for (int t = 0; t < columns; t++) {
            emitters.add(new Emitter(v, plan.ssa, plan.needed, results));
        }
        this.stride = b.parameterSlot(6);
        // gathering gets none: a null that warming up has not shown would undo the compiled code
        this.laneSums = gathers() ? -1 : v.array(b.parameterSlot(13));
        common = Levels.exactly(plan.ssa, plan.needed, 0);
        ofRow = Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY | Levels.AFTER_ROW);
        ofColumn = plan.ofColumn;
        ofQuery = new ArrayList<>(Levels.with(plan.ssa, plan.needed, Levels.QUERY, 0));
        ofQuery.removeAll(ofColumn);
        direct = direct(plan);
        afterRow = new ArrayList<>();
        afterRow.addAll(Levels.with(plan.ssa, plan.needed, Levels.AFTER_ROW, Levels.QUERY));
        afterRow.removeAll(direct);
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
     * Whether two vectors of columns, or two rows, go side by side. Not where sums are taken: that
     * gains an eighth, but backends that come and go in a small fit have code made anew each time,
     * and of twice as much the first compiler's slow one stayed for minutes.
     */
    private static boolean isTwice(PairPlan plan, boolean isMasked) {
        boolean isGathering = plan.finish == null && plan.raster != null;
        return isGathering && !isMasked && plan.cost() <= ROOM_FOR_TWO;
    }

    private static Set<Integer> direct(PairPlan plan) {
        var direct = new HashSet<Integer>();
        for (int term : plan.sourceTerms) {
            if (plan.ssa.get(term) instanceof Instruction.Load
                    && plan.ssa.dependence(term) == Levels.AFTER_ROW) {
                direct.add(term);
            }
        }
        for (int line : plan.needed) {
            if (plan.ssa.get(line) instanceof Instruction.Apply a) {
                direct.removeAll(a.operands());
            }
        }
        return direct;
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
        int outputs = gathers() ? plan.results.size() : 0;
        outPlanes = v.planes(b.parameterSlot(4), outputs);
        outOffsets = v.elements(b.parameterSlot(5), outputs);
        places = new int[plan.sourceTerms.size()];
        for (int k = 0; k < places.length; k++) {
            places[k] = v.newInt(k * v.lanes());
        }
        iota = v.add(v.iota(), v.constant(0.5));
        if (!gathers()) {
            b.iload(b.parameterSlot(9)).iload(b.parameterSlot(8)).isub();
            b.loadConstant(places.length * v.lanes()).imul();
            spare = v.storeInt();
        }
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
                    if (!gathers()) {
                        b.iload(position).iload(b.parameterSlot(8)).isub();
                        b.loadConstant(places.length * v.lanes()).imul();
                        sums = v.storeInt();
                        b.iload(sums);
                        bandSums = v.storeInt();
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
            int columns = v.add(v.broadcastInt(x), v.add(iota, v.constant(t * v.lanes())));
            emitter.emit(ofColumn, l -> columns);
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
        if (!gathers()) {
            keep();
        }
        for (int t = 0; t < vectors; t++) {
            emitters.get(t).forget(ofColumn);
        }
    }

    /** {@code taken} rows of a band. */
    private void rows(int taken, int vectors, int x, int y, int mask) {
        for (int t = 0; t < taken; t++) {
            int row = below(y, t);
            if (gathers()) {
                gather(vectors, x, row, mask);
            } else {
                sum(x, row, mask);
            }
        }
    }

    private int below(int y, int rows) {
        b.iload(y).loadConstant(rows).iadd();
        return v.storeInt();
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
                                if (gathers()) {
                                    gather(1, at, firstRow, mask);
                                } else {
                                    sum(at, firstRow, mask);
                                }
                            });
                });
    }

    /** One row of a band, added to the queries. */
    private void gather(int vectors, int x, int y, int mask) {
        var first = emitters.getFirst();
        row(first, y);
        for (int t = 0; t < vectors; t++) {
            var emitter = emitters.get(t);
            emitter.share(first, ofRow);
            int index = index(x, y, t * v.lanes());
            queries(emitter, index);
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
        for (int t = 0; t < vectors; t++) {
            emitters.get(t).forget(ofRow);
            emitters.get(t).forget(ofQuery);
        }
    }

    /**
     * Adds a band's sums to the source's. Those of the first band stand there already, and few
     * boxes are wider; the sums of a very wide one would be less exact in one piece.
     */
    private void keep() {
        Label isFirst = b.newLabel();
        b.iload(bandSums).iload(sums).if_icmpeq(isFirst);
        int none = v.constant(0);
        for (int place : places) {
            int sum = v.add(v.load(laneSums, place, sums), v.load(laneSums, place, spare));
            v.store(sum, laneSums, place, sums);
            v.store(none, laneSums, place, spare);
        }
        b.labelBinding(isFirst);
        b.iload(spare).istore(bandSums);
    }

    /** One row of a band, added to the source's sums. */
    private void sum(int x, int y, int mask) {
        var emitter = emitters.getFirst();
        row(emitter, y);
        queries(emitter, index(x, y, 0));
        emitter.emit(afterRow, l -> rowSum(emitter, plan.rowTerms.get(l.component()), mask));
        for (int k = 0; k < places.length; k++) {
            int sum = v.load(laneSums, places[k], bandSums);
            sum = accumulate(emitter, plan.sourceTerms.get(k), mask, sum);
            v.store(sum, laneSums, places[k], bandSums);
        }
        emitter.forget(afterRow);
        emitter.forget(ofRow);
        emitter.forget(ofQuery);
    }

    private int accumulate(Emitter emitter, int term, int mask, int sum) {
        if (!direct.contains(term)) {
            return emitter.accumulate(term, sum);
        }
        int rowTerm = plan.rowTerms.get(((Instruction.Load) plan.ssa.get(term)).component());
        return mask < 0
                ? emitter.accumulate(rowTerm, sum)
                : v.add(sum, rowSum(emitter, rowTerm, mask));
    }

    /** What a row adds, lane by lane. */
    private int rowSum(Emitter emitter, int term, int mask) {
        int value = emitter.value(term);
        return mask < 0 ? value : v.select(mask, value, v.constant(0));
    }

    /** The place of query (x + columns, y). */
    private int index(int x, int y, int columns) {
        b.iload(y).iload(stride).imul().iload(x).iadd().loadConstant(columns).iadd();
        return v.storeInt();
    }

    /** Coordinates of a raster are the only loads there that are neither planes nor sums. */
    private void row(Emitter emitter, int y) {
        emitter.emit(ofRow, l -> v.add(v.broadcastInt(y), v.constant(0.5)));
    }

    /** One vector of queries. */
    private void queries(Emitter emitter, int index) {
        emitter.emit(
                ofQuery,
                l -> {
                    int k = plan.inputs.indexOf(l);
                    return v.load(inPlanes[k], inOffsets[k], index);
                });
    }

    private static final MethodTypeDesc INT_INT_INT = MethodTypeDesc.ofDescriptor("(II)I");
}
