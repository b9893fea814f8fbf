package org.kernfield.nd4j.internal;

import org.kernfield.kernel.Output;

import java.util.List;
import java.util.stream.IntStream;

/** Every pair's own numbers, written where they belong at once. */
final class MatrixFold implements Fold {
    private final Results results;
    private final int[] queries;
    private final int[] widthOf;

    /**
     * @param queries the part's rows
     */
    MatrixFold(Results results, List<Output> outputs, int[] queries) {
        this.results = results;
        this.queries = queries;
        this.widthOf =
                outputs.stream()
                        .flatMapToInt(o -> IntStream.generate(o::width).limit(o.width()))
                        .toArray();
    }

    @Override
    public void dense(Block block, boolean intoSources, int[] rows) {
        for (int r = 0; r < widthOf.length; r++) {
            Values x = block.result(r);
            for (int q = 0; q < block.queries(); q++) {
                for (int s = 0; s < block.sources(); s++) {
                    results.set(queries[q], rows[s], r, widthOf[r], x.at(q, s));
                }
            }
        }
    }

    @Override
    public void list(Block block, Lanes lanes, int first) {
        for (int r = 0; r < widthOf.length; r++) {
            Values x = block.result(r);
            for (int k = 0; k < lanes.count(); k++) {
                results.set(lanes.entry()[k], r, x.at(0, k));
            }
        }
    }

    @Override
    public void store(Results into, int[] rows, int count) {}
}
