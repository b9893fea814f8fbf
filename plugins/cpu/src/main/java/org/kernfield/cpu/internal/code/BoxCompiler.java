package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.Segments;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Compiles a {@link PairPlan} over a raster into {@link BoxCode}: source by source, its box in
 * bands of one or two vectors of columns, each band row by row. Boxes are rarely wider than that,
 * so a loop along the row would hardly begin before it ends; down a band the loop is long, what
 * depends on the column alone stays outside it, and two vectors share what depends on the row. What
 * becomes of a row is for {@link BoxGathering} and {@link BoxSumming}.
 */
abstract class BoxCompiler {
    final PairPlan plan;
    final LaneCode v;
    final CodeBuilder b;

    /** One for each vector of columns. */
    final List<Emitter> emitters = new ArrayList<>();

    final List<Integer> ofQuery;

    /** Int locals: first column, end column, first row, end row. */
    final int x;

    final int end;
    final int y;
    final int endRow;

    /** Lines that are the same for the whole raster. */
    private final List<Integer> common;

    /** Lines that depend on the row and not on the column. */
    private final List<Integer> ofRow;

    private final int zero;
    private final int iota;
    private final int[] inPlanes;
    private final int[] inOffsets;
    private final int rowValues;
    private final int[] rowPlaces;

    /**
     * Begins the method of a band.
     *
     * @param columns vectors of columns side by side
     */
    BoxCompiler(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            int columns,
            CodeBuilder b) {
        this.plan = plan;
        this.b = b;
        this.v = LaneCode.of(b, precision);
        var results = new LinkedHashSet<>(plan.results);
        results.addAll(plan.rowTerms);
        results.addAll(plan.sourceTerms);
        for (int t = 0; t < columns; t++) {
            emitters.add(new Emitter(v, plan.ssa, plan.needed, results));
        }
        x = b.parameterSlot(8);
        end = b.parameterSlot(9);
        y = b.parameterSlot(10);
        endRow = b.parameterSlot(11);
        common = Levels.exactly(plan.ssa, plan.needed, 0);
        ofRow = Levels.with(plan.ssa, plan.needed, Levels.ROW, Levels.QUERY | Levels.AFTER_ROW);
        ofQuery = new ArrayList<>(Levels.with(plan.ssa, plan.needed, Levels.QUERY, 0));
        ofQuery.removeAll(plan.ofColumn);
        zero = v.newInt(0);
        inPlanes = v.planes(b.parameterSlot(0), plan.inputs.size());
        inOffsets = v.elements(b.parameterSlot(1), plan.inputs.size());
        iota = v.add(v.iota(), v.constant(0.5));
        var first = emitters.getFirst();
        int uniform = v.array(b.parameterSlot(3));
        first.emit(common, l -> v.broadcast(uniform, zero, v.newInt(uniforms.index(l))));
        int[] sources = v.typedPlanes(b.parameterSlot(2), plan.sourceValues.size());
        for (int k = 0; k < sources.length; k++) {
            int value = v.broadcast(sources[k], zero, b.parameterSlot(7));
            first.defineSource(plan.sourceValues.get(k), value);
        }
        rowValues = v.array(b.parameterSlot(12));
        rowPlaces = new int[plan.rowValues.size()];
        Arrays.setAll(rowPlaces, k -> v.newInt(k * BoxCode.BATCH));
        computeRowValues();
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
        String kind = (gathers ? "gather_" : "scatter_") + (isMasked ? "tail_" : "") + name;
        int columns = gathers ? BoxGathering.columns(plan, isMasked) : 1;
        return HiddenClass.implement(
                BoxCode.class,
                kind,
                b -> {
                    var v = LaneCode.of(b, precision);
                    new BoxFrame(v, HiddenClass.self(kind), gathers, plan.sourceTerms.size())
                            .method(plan.raster == null ? 0 : columns, isMasked);
                },
                Optional.of(
                        new HiddenClass.Part(
                                BoxFrame.band(gathers),
                                b -> {
                                    var compiler =
                                            gathers
                                                    ? new BoxGathering(
                                                            plan, uniforms, precision, columns, b)
                                                    : new BoxSumming(plan, uniforms, precision, b);
                                    compiler.band(isMasked);
                                    b.return_();
                                })));
    }

    /** The rest of the method but its return. */
    abstract void band(boolean isMasked);

    /**
     * What depends on the row alone is computed for many rows at once, a lane each, and read from
     * memory: as vectors of one number it would take as many operations as what depends on both.
     */
    private void computeRowValues() {
        if (plan.rowValues.isEmpty()) {
            return;
        }
        b.iload(endRow).iload(y).isub();
        int count = v.storeInt();
        Label done = b.newLabel();
        for (int from = 0; from < batch(v); from += v.lanes()) {
            if (from > 0) {
                b.iload(count).loadConstant(from).if_icmple(done);
            }
            computeRowValues(from);
        }
        b.labelBinding(done);
    }

    private void computeRowValues(int from) {
        var first = emitters.getFirst();
        int place = v.newInt(from);
        b.iload(y).loadConstant(from).iadd();
        // coordinates of a raster are the only loads there that are not sums
        int rows = v.add(v.broadcastInt(v.storeInt()), iota);
        first.emit(ofRow, l -> rows);
        for (int k = 0; k < rowPlaces.length; k++) {
            int line = plan.rowValues.get(k);
            int value = first.value(line);
            boolean isCondition = Segments.isCondition(plan.ssa.get(line));
            int number = isCondition ? v.select(value, v.constant(1), v.constant(0)) : value;
            v.store(number, rowValues, rowPlaces[k], place);
        }
        first.forget(ofRow);
    }

    /** Rows that a band has at most. */
    static int batch(LaneCode v) {
        return 2 * v.lanes();
    }

    /** What depends on the column alone, for so many vectors of columns from {@link #x} on. */
    final void ofColumns(int vectors) {
        var first = emitters.getFirst();
        for (int t = 0; t < vectors; t++) {
            var emitter = emitters.get(t);
            emitter.share(first, common);
            emitter.share(first, plan.sourceValues);
            int places = v.add(v.broadcastInt(x), v.add(iota, v.constant(t * v.lanes())));
            emitter.emit(plan.ofColumn, l -> places);
        }
    }

    /** A row of the band. */
    interface Row {
        /**
         * @param row int local of its number in the band
         * @param index int local of the place of its first query
         */
        void row(int row, int index);
    }

    final void eachRow(Row body) {
        int stride = b.parameterSlot(6);
        b.iload(y).iload(stride).imul().iload(x).iadd();
        int index = v.storeInt();
        b.iload(endRow).iload(y).isub();
        int rows = v.storeInt();
        int row = v.newInt(0);
        Loop.each(
                v,
                row,
                rows,
                () -> {
                    body.row(row, index);
                    b.iload(index).iload(stride).iadd().istore(index);
                });
    }

    /** Reads the values of a row. */
    final void rowValues(Emitter emitter, int row) {
        for (int k = 0; k < rowPlaces.length; k++) {
            int number = v.broadcast(rowValues, rowPlaces[k], row);
            emitter.defineSource(plan.rowValues.get(k), number);
        }
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
}
