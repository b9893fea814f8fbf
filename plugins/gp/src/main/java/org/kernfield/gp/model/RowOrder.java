package org.kernfield.gp.model;

import org.kernfield.numerics.CounterRandom;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows of a table in a random order, of which a fit looks at the first ones. */
final class RowOrder {
    private final int[] order;

    RowOrder(int n, long seed) {
        var random = new CounterRandom(seed);
        order = IntStream.range(0, n).toArray();
        for (int k = n - 1; k > 0; k--) {
            int other = (int) (random.uniform(0, 1, k) * (k + 1));
            int kept = order[k];
            order[k] = order[other];
            order[other] = kept;
        }
    }

    /** Numbers of the first rows, or all if there are no more, in that random order. */
    int[] shuffled(int most) {
        return Arrays.copyOf(order, Math.min(most, order.length));
    }

    /** Numbers of the first rows, or all if there are no more, in the order of the table. */
    int[] first(int most) {
        return IntStream.of(order).limit(most).sorted().toArray();
    }

    /**
     * Numbers of the rows at the end of that random order, in the order of the table.
     *
     * @param skip rows behind them
     */
    int[] last(int most, int skip) {
        int end = Math.max(0, order.length - skip);
        int from = Math.max(0, end - most);
        return IntStream.range(from, end).map(i -> order[i]).sorted().toArray();
    }
}
