package org.kernfield.reference.internal;

import org.kernfield.backend.Neighbourhood;
import org.kernfield.kernel.Slot;

import java.util.Arrays;

/** What is gathered from pairs, apart from compositing; every array is rows × width. */
final class PairReductions {
    /** Roundings of log Σ exp beside those of its terms and its result. */
    private static final double LOG_SUM_ROUNDINGS = 4;

    private final Job job;
    private final int width;

    PairReductions(Job job) {
        this.job = job;
        this.width = job.width();
    }

    private void visit(boolean intoSources, Walk.Gathering gathering) {
        boolean dense =
                job.reduction().over() == Neighbourhood.ALL
                        || job.reduction().over() == Neighbourhood.TILES;
        Walk walk = dense ? new DenseWalk(job, intoSources) : new ListedWalk(job, intoSources);
        walk.visit(gathering);
    }

    private double[] filled(int rows, double value) {
        var numbers = new double[Math.multiplyExact(rows, width)];
        Arrays.fill(numbers, value);
        return numbers;
    }

    double[] sum(boolean intoSources) {
        int rows = intoSources ? job.sources() : job.queries();
        var sums = new Sums(Math.multiplyExact(rows, width));
        visit(
                intoSources,
                (row, block, index, lanes) -> {
                    for (int r = 0; r < width; r++) {
                        int at = row * width + r;
                        double[] terms = block.terms(r, lanes);
                        for (int k = 0; k < lanes; k++) {
                            sums.add(at, terms[k]);
                        }
                    }
                });
        return sums.values();
    }

    double[] total() {
        return Rows.total(sum(false), width);
    }

    /** The value of each pair. */
    double[] matrix() {
        boolean lists = job.reduction().over() == Neighbourhood.LISTS;
        int sources = job.sources();
        int pairs =
                lists
                        ? Math.toIntExact(job.args().lists().pairs())
                        : Math.multiplyExact(job.queries(), sources);
        double[] values = filled(pairs, 0);
        visit(
                false,
                (row, block, index, lanes) -> {
                    for (int r = 0; r < width; r++) {
                        double[] terms = block.terms(r, lanes);
                        for (int k = 0; k < lanes; k++) {
                            int pair = index.row(Slot.Role.PAIR, k);
                            values[pair * width + r] = terms[k];
                        }
                    }
                });
        return values;
    }

    /** log Σ exp of least, given and greatest terms, each relative to the largest seen so far. */
    double[] logSumExp() {
        var sums = new LogSums(job.queries());
        visit(false, sums);
        return sums.results();
    }

    private final class LogSums implements Walk.Gathering {
        private final double[] least;
        private final double[] leastSum;
        private final double[] given;
        private final double[] givenSum;
        private final double[] greatest;
        private final double[] greatestSum;

        LogSums(int rows) {
            least = filled(rows, Double.NEGATIVE_INFINITY);
            leastSum = filled(rows, 0);
            given = least.clone();
            givenSum = leastSum.clone();
            greatest = least.clone();
            greatestSum = leastSum.clone();
        }

        @Override
        public void take(int row, Lanes block, Index index, int lanes) {
            for (int r = 0; r < width; r++) {
                int at = row * width + r;
                add(given, givenSum, at, block.values(r), lanes);
                if (job.evaluation().isTolerance()) {
                    add(least, leastSum, at, block.low(r, lanes), lanes);
                    add(greatest, greatestSum, at, block.high(r, lanes), lanes);
                }
            }
        }

        private static void add(double[] max, double[] sum, int at, double[] terms, int lanes) {
            for (int k = 0; k < lanes; k++) {
                double larger = Math.max(max[at], terms[k]);
                if (Double.isInfinite(larger)) {
                    // ∞ outweighs everything; −∞ adds nothing to nothing
                    sum[at] = Double.isNaN(sum[at]) ? sum[at] : larger > 0 ? 1 : 0;
                } else {
                    double before = sum[at] == 0 ? 0 : sum[at] * Math.exp(max[at] - larger);
                    sum[at] = before + Math.exp(terms[k] - larger);
                }
                max[at] = larger;
            }
        }

        double[] results() {
            var results = new double[given.length];
            for (int k = 0; k < results.length; k++) {
                double y = log(given, givenSum, k);
                results[k] = y;
                if (job.evaluation().isTolerance()) {
                    double rounding = job.evaluation().unit() * (LOG_SUM_ROUNDINGS + Math.abs(y));
                    results[k] =
                            spread(log(least, leastSum, k), y, log(greatest, greatestSum, k))
                                    + (Double.isInfinite(y) ? 0 : rounding);
                }
            }
            return results;
        }

        private static double log(double[] max, double[] sum, int k) {
            return sum[k] == 0 ? max[k] : max[k] + Math.log(sum[k]);
        }
    }

    /**
     * The largest value of each component.
     *
     * @param arg overwritten by the lowest source that has it, −1 if there is none
     */
    double[] max(double[] arg) {
        Arrays.fill(arg, -1);
        double[] largest = filled(job.queries(), Double.NEGATIVE_INFINITY);
        visit(
                false,
                (row, block, index, lanes) -> {
                    for (int r = 0; r < width; r++) {
                        double[] values = block.values(r);
                        int at = row * width + r;
                        for (int k = 0; k < lanes; k++) {
                            int source = index.row(Slot.Role.PARAM, k);
                            double v = values[k];
                            boolean nan = Double.isNaN(v);
                            boolean nanBefore = Double.isNaN(largest[at]);
                            boolean above = nan ? !nanBefore : v > largest[at];
                            boolean same = nan ? nanBefore : v == largest[at];
                            if (above || same && source < arg[at]) {
                                largest[at] = v;
                                arg[at] = source;
                            }
                        }
                    }
                });
        return largest;
    }

    /** How far a largest value may be off. */
    double[] maxTolerance() {
        double[] least = filled(job.queries(), Double.NEGATIVE_INFINITY);
        double[] given = least.clone();
        double[] greatest = least.clone();
        visit(
                false,
                (row, block, index, lanes) -> {
                    for (int r = 0; r < width; r++) {
                        int at = row * width + r;
                        largest(least, at, block.low(r, lanes), lanes);
                        largest(given, at, block.values(r), lanes);
                        largest(greatest, at, block.high(r, lanes), lanes);
                    }
                });
        for (int k = 0; k < given.length; k++) {
            given[k] = spread(least[k], given[k], greatest[k]);
        }
        return given;
    }

    /**
     * How far the values of claimed sources are below the maximum: 0 or less where rounding may
     * give the claim, ∞ where the source is no neighbour.
     *
     * @param arg a source for each component, −1 for none
     */
    double[] shortfall(double[] arg) {
        double[] least = filled(job.queries(), Double.NEGATIVE_INFINITY);
        double[] claimed = least.clone();
        visit(
                false,
                (row, block, index, lanes) -> {
                    for (int r = 0; r < width; r++) {
                        int at = row * width + r;
                        largest(least, at, block.low(r, lanes), lanes);
                        double[] greatest = block.high(r, lanes);
                        for (int k = 0; k < lanes; k++) {
                            if (index.row(Slot.Role.PARAM, k) == arg[at]) {
                                claimed[at] = Math.max(claimed[at], greatest[k]);
                            }
                        }
                    }
                });
        for (int at = 0; at < least.length; at++) {
            boolean isNone = claimed[at] == Double.NEGATIVE_INFINITY;
            boolean isRight =
                    isNone
                            ? arg[at] == -1 && least[at] == Double.NEGATIVE_INFINITY
                            : Double.isNaN(claimed[at])
                                    || !Double.isNaN(least[at]) && claimed[at] >= least[at];
            double below = least[at] - claimed[at];
            least[at] = isRight ? 0 : below > 0 ? below : Double.POSITIVE_INFINITY;
        }
        return least;
    }

    private static void largest(double[] max, int at, double[] values, int lanes) {
        for (int k = 0; k < lanes; k++) {
            max[at] = Math.max(max[at], values[k]);
        }
    }

    /** The larger distance; NaN where the value must be NaN, infinity where nothing is known. */
    private static double spread(double least, double value, double greatest) {
        if (least == greatest) {
            return 0;
        }
        if (Double.isNaN(least) && Double.isNaN(greatest)) {
            return Double.NaN;
        }
        double spread = Math.max(greatest - value, value - least);
        return Double.isNaN(spread) ? Double.POSITIVE_INFINITY : spread;
    }
}
