package org.kernfield.reference.internal;

import java.util.Map;

/** Maps, and totals over rows alone. */
final class Rows {
    /** Rows in one part, which a total sums by itself. */
    private static final int GROUP = 2048;

    private final Job job;

    Rows(Job job) {
        this.job = job;
    }

    /** The values of each row. */
    double[] map() {
        int width = job.width();
        var results = new double[Math.multiplyExact(job.queries(), width)];
        eachBlock(
                (part, first, lanes, block) -> {
                    for (int r = 0; r < width; r++) {
                        double[] terms = block.terms(r, lanes);
                        for (int k = 0; k < lanes; k++) {
                            results[(first + k) * width + r] = terms[k];
                        }
                    }
                });
        return results;
    }

    /** The sum of all rows. */
    double[] total() {
        int width = job.width();
        var partial = new Sums(Math.ceilDiv(job.queries(), GROUP) * width);
        eachBlock(
                (part, first, lanes, block) -> {
                    for (int r = 0; r < width; r++) {
                        double[] terms = block.terms(r, lanes);
                        for (int k = 0; k < lanes; k++) {
                            partial.add(part * width + r, terms[k]);
                        }
                    }
                });
        return total(partial.values(), width);
    }

    /** The sums of the columns. */
    static double[] total(double[] rows, int width) {
        var total = new Sums(width);
        for (int k = 0; k < rows.length; k++) {
            total.add(k % width, rows[k]);
        }
        return total.values();
    }

    @FunctionalInterface
    private interface Action {
        void take(int part, int first, int lanes, Lanes block);
    }

    private void eachBlock(Action action) {
        int rows = job.queries();
        int lanes = job.lanes();
        int[] all = job.code().all();
        Reader[] readers = job.readers(Map.of());
        job.inParts(
                rows,
                GROUP,
                part -> {
                    Lanes block = job.block(readers);
                    int end = Math.min(rows, (part + 1) * GROUP);
                    for (int from = part * GROUP; from < end; from += lanes) {
                        job.resources().cancel().check();
                        int first = from;
                        int count = Math.min(lanes, end - first);
                        block.evaluate(all, (role, lane) -> first + lane, count);
                        action.take(part, first, count, block);
                    }
                });
    }
}
