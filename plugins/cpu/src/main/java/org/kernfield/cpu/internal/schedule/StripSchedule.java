package org.kernfield.cpu.internal.schedule;

import org.kernfield.backend.Args;
import org.kernfield.cpu.internal.code.CompiledDense;
import org.kernfield.cpu.internal.code.StripLayout;
import org.kernfield.cpu.internal.memory.Numbers;
import org.kernfield.cpu.internal.memory.Planes;

/**
 * Sums over all pairs, strip by strip: some hundred targets stay in the nearest cache while all
 * rows of the other side go by. Targets are the rows that own the results.
 */
final class StripSchedule {
    private final DenseCall call;
    private final Planes results;

    /**
     * @param results planes of the outputs, over targets
     * @param rows how many go by
     */
    StripSchedule(
            Execution execution,
            CompiledDense dense,
            Args args,
            Object uniforms,
            Planes results,
            int targets,
            int rows) {
        call = DenseCall.of(execution, dense, args, uniforms, targets, rows);
        this.results = results;
    }

    void run() {
        int width = call.dense.layout.width();
        int length = call.dense.plan.terms.size() * width;
        call.execution.forEach(
                Math.ceilDiv(call.targets, call.share),
                strip -> {
                    int from = strip * call.share;
                    int to = Math.min(call.targets, from + call.share);
                    var work = new StripWork(call, from, to);
                    Object totals = Numbers.array(call.dense.precision(), length);
                    Object lost = Numbers.array(call.dense.precision(), length);
                    for (int row = 0; row < call.rows; row += StripLayout.BLOCK) {
                        int end = Math.min(call.rows, row + StripLayout.BLOCK);
                        work.add(row, end, totals, lost, 0);
                    }
                    call.finish(totals, 0, results, from, to);
                });
    }
}
