package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledDense;
import org.kernfield.cpu.internal.code.StripLayout;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

/**
 * Sums over all pairs of one set of rows, each pair computed once for both of its rows. Every strip
 * meets itself and then, round by round, one other strip; totals are added to in the order of the
 * rounds, so bits do not depend on the threads.
 */
final class SymmetricSchedule {
    private final DenseCall call;
    private final CompiledDense.Variant both;
    private final Planes results;
    private final int strips;

    /** Elements of the totals of a strip. */
    private final int length;

    private final Object totals;
    private final Object lost;

    /**
     * @param results planes of the outputs
     * @param rows of the set
     */
    SymmetricSchedule(
            Execution execution,
            CompiledDense dense,
            Args args,
            Object uniforms,
            Planes results,
            int rows) {
        call = DenseCall.of(execution, dense, args, uniforms, rows, rows);
        both = call.dense.bothWays(call.tame);
        this.results = results;
        strips = Math.ceilDiv(rows, call.share);
        length = call.dense.plan.terms.size() * call.dense.layout.width();
        totals = zeros("totals");
        lost = zeros("lost");
    }

    private Object zeros(String name) {
        long elements = (long) strips * length;
        Object zeros = call.execution.scratch().numbers(call.dense.precision(), name, elements);
        Numbers.fill(zeros, 0, Math.toIntExact(elements), 0);
        return zeros;
    }

    void run() {
        call.execution.forEach(strips, this::itself);
        var rounds = new Rounds(strips);
        for (int k = 0; k < rounds.count(); k++) {
            int round = k;
            call.execution.forEach(
                    rounds.pairs(),
                    pair -> {
                        int higher = rounds.higher(round, pair);
                        if (higher < strips) {
                            meet(rounds.lower(round, pair), higher);
                        }
                    });
        }
        call.execution.forEach(
                strips,
                strip -> call.finish(totals, strip * length, results, first(strip), end(strip)));
    }

    private int first(int strip) {
        return strip * call.share;
    }

    private int end(int strip) {
        return Math.min(call.targets, first(strip) + call.share);
    }

    private void itself(int strip) {
        var work = new StripWork(call, first(strip), end(strip));
        blocks(strip, (from, to) -> work.add(from, to, totals, lost, strip * length));
    }

    /** Rows of a block. */
    private interface Block {
        void run(int from, int to);
    }

    private void blocks(int strip, Block body) {
        for (int row = first(strip); row < end(strip); row += StripLayout.BLOCK) {
            body.run(row, Math.min(end(strip), row + StripLayout.BLOCK));
        }
    }

    private void meet(int strip, int other) {
        var work = new StripWork(call, first(strip), end(strip));
        Object back = Numbers.array(call.dense.precision(), length);
        blocks(
                other,
                (from, to) ->
                        work.addBothWays(
                                both, from, to, totals, lost, strip * length, back, first(other)));
        call.dense.totals.run(back, totals, lost, other * length, length);
    }
}
