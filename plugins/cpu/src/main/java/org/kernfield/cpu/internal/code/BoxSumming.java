package org.kernfield.cpu.internal.code;

import org.kernfield.cpu.internal.plan.Levels;
import org.kernfield.cpu.internal.plan.PairPlan;
import org.kernfield.cpu.internal.plan.UniformLayout;
import org.kernfield.kernel.Instruction;
import org.kernfield.kernel.Precision;

import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@link BoxCompiler} for sums into sources: a vector for each source and term, of which {@link
 * Fold} adds the lanes up when some sources are done, since a call for each would cost more than a
 * row. A band's sums stay in registers.
 */
final class BoxSumming extends BoxCompiler {
    private final List<Integer> afterRow;

    /** Loads of a row's sum that are a source's term and nothing else. */
    private final Set<Integer> direct;

    /** A vector for each term. */
    private final int[] sums;

    BoxSumming(PairPlan plan, UniformLayout uniforms, Precision precision, CodeBuilder b) {
        super(plan, uniforms, precision, 1, b);
        direct = direct(plan);
        afterRow = new ArrayList<>();
        afterRow.addAll(Levels.with(plan.ssa, plan.needed, Levels.AFTER_ROW, Levels.QUERY));
        afterRow.removeAll(direct);
        sums = new int[plan.sourceTerms.size()];
        Arrays.setAll(sums, k -> v.variable(v.constant(0)));
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
    void band(boolean isMasked) {
        if (plan.raster == null) {
            line(isMasked);
        } else {
            ofColumns(1);
            int mask = isMasked ? v.inRange(x, end) : -1;
            eachRow(
                    (row, index) -> {
                        rowValues(emitters.getFirst(), row);
                        row(index, mask);
                    });
        }
        int all = v.array(b.parameterSlot(4));
        for (int k = 0; k < sums.length; k++) {
            int place = v.newInt(k * v.lanes());
            int before = v.load(all, place, b.parameterSlot(5));
            v.store(v.add(before, sums[k]), all, place, b.parameterSlot(5));
        }
    }

    /** Plain rows, which make boxes one row high: a vector after the other. */
    private void line(boolean isMasked) {
        b.iload(y).iload(b.parameterSlot(6)).imul().iload(x).iadd();
        int index = v.storeInt();
        Loop.whole(
                v,
                x,
                end,
                () -> {
                    row(index, isMasked ? v.inRange(x, end) : -1);
                    v.advance(index);
                });
    }

    private void row(int index, int mask) {
        var emitter = emitters.getFirst();
        queries(emitter, index);
        emitter.emit(afterRow, l -> rowSum(emitter, plan.rowTerms.get(l.component()), mask));
        for (int k = 0; k < sums.length; k++) {
            v.assign(sums[k], accumulated(emitter, plan.sourceTerms.get(k), mask, sums[k]));
        }
        emitter.forget(afterRow);
        emitter.forget(plan.rowValues);
        emitter.forget(ofQuery);
    }

    private int accumulated(Emitter emitter, int term, int mask, int sum) {
        if (!direct.contains(term)) {
            return emitter.accumulate(term, sum);
        }
        int rowTerm = plan.rowTerms.get(((Instruction.Load) plan.ssa.get(term)).component());
        return mask < 0
                ? emitter.accumulate(rowTerm, sum)
                : v.add(rowSum(emitter, rowTerm, mask), sum);
    }

    /** What a row adds, lane by lane. */
    private int rowSum(Emitter emitter, int term, int mask) {
        int value = emitter.value(term);
        return mask < 0 ? value : v.select(mask, value, v.constant(0));
    }
}
