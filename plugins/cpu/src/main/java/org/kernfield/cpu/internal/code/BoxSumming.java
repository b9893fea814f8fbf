package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@link BoxCompiler} for sums into sources: a vector for each source and term, of which {@link
 * Fold} adds the lanes up when some sources are done, since a call for each would cost more than a
 * row. Sums stay in memory because HotSpot may box vectors that a loop carries.
 */
final class BoxSumming extends BoxCompiler {
    private final List<Integer> afterRow;

    /** Loads of a row's sum that are a source's term and nothing else. */
    private final Set<Integer> direct;

    private final int[] places;
    private int laneSums;

    /** Where the source's sums begin, those of its present band, and those of any further band. */
    private int sums;

    private int bandSums;
    private int spare;

    /**
     * One row at a time: two gain an eighth, but backends that come and go in a small fit have code
     * made anew each time, and twice as much of it takes the compilers twice as long.
     */
    BoxSumming(
            PairPlan plan,
            UniformLayout uniforms,
            Precision precision,
            boolean isMasked,
            CodeBuilder b) {
        super(plan, uniforms, precision, isMasked, 1, 1, b);
        direct = direct(plan);
        afterRow = new ArrayList<>();
        afterRow.addAll(Levels.with(plan.ssa, plan.needed, Levels.AFTER_ROW, Levels.QUERY));
        afterRow.removeAll(direct);
        places = new int[plan.sourceTerms.size()];
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

    @Override
    void begin() {
        laneSums = v.array(b.parameterSlot(13));
        for (int k = 0; k < places.length; k++) {
            places[k] = v.newInt(k * v.lanes());
        }
        placeOf(b.parameterSlot(9));
        spare = v.storeInt();
    }

    /** Pushes where the sums of a source begin, by its place in the list. */
    private void placeOf(int position) {
        b.iload(position).iload(b.parameterSlot(8)).isub();
        b.loadConstant(places.length * v.lanes()).imul();
    }

    @Override
    void source(int position) {
        placeOf(position);
        sums = v.storeInt();
        b.iload(sums);
        bandSums = v.storeInt();
    }

    @Override
    void rows(int taken, int vectors, int x, int y, int mask) {
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

    /**
     * Adds a band's sums to the source's. Those of the first band stand there already, and few
     * boxes are wider; the sums of a very wide one would be less exact in one piece.
     */
    @Override
    void endBand() {
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
}
