package org.kernfield.cpu.internal.schedule;

import java.util.Arrays;

/**
 * Pairs by their sources, those of one source in the order of the queries: counted, then moved to
 * their places, in chunks that are worked on in parallel.
 */
final class TransposedEntries implements Entries {
    private static final int BLOCK = 4096;
    private static final int CHUNKS = 4;

    private final int sources;
    private final int[] starts;
    private final int[] queries;
    private final int[] numbers;

    TransposedEntries(Execution execution, Entries entries, int sources) {
        this.sources = sources;
        int count = entries.start(entries.rows());
        int chunks = Math.clamp(count / Math.max(BLOCK, sources), 1, CHUNKS);
        starts = execution.scratch().ints("transposed starts", sources + 1L);
        queries = execution.scratch().ints("transposed queries", count);
        numbers = execution.scratch().ints("transposed numbers", count);
        int[] next = execution.scratch().ints("transposed places", (long) chunks * sources);
        Arrays.fill(next, 0, chunks * sources, 0);
        each(execution, entries, chunks, (chunk, q, s, e) -> next[chunk * sources + s]++);
        int place = 0;
        for (int j = 0; j < sources; j++) {
            starts[j] = place;
            for (int c = 0; c < chunks; c++) {
                int here = next[c * sources + j];
                next[c * sources + j] = place;
                place += here;
            }
        }
        starts[sources] = place;
        each(
                execution,
                entries,
                chunks,
                (chunk, q, s, e) -> {
                    int at = next[chunk * sources + s]++;
                    queries[at] = q;
                    numbers[at] = e;
                });
    }

    /** One pair. */
    private interface Visit {
        void pair(int chunk, int query, int source, int number);
    }

    private static void each(Execution execution, Entries entries, int chunks, Visit visit) {
        int count = entries.start(entries.rows());
        execution.forEach(
                chunks,
                c -> {
                    var query = new int[BLOCK];
                    var source = new int[BLOCK];
                    var number = new int[BLOCK];
                    int end = (int) ((long) count * (c + 1) / chunks);
                    for (int from = (int) ((long) count * c / chunks); from < end; from += BLOCK) {
                        execution.resources().cancel().check();
                        int to = Math.min(end, from + BLOCK);
                        entries.fill(from, to, query, source, number);
                        for (int k = 0; k < to - from; k++) {
                            visit.pair(c, query[k], source[k], number[k]);
                        }
                    }
                });
    }

    @Override
    public int rows() {
        return sources;
    }

    @Override
    public int start(int row) {
        return starts[row];
    }

    @Override
    public void fill(int from, int to, int[] query, int[] source, int[] number) {
        int row = rowFrom(from + 1L) - 1;
        System.arraycopy(queries, from, query, 0, to - from);
        System.arraycopy(numbers, from, number, 0, to - from);
        for (int e = from; e < to; e++) {
            while (starts[row + 1] <= e) {
                row++;
            }
            source[e - from] = row;
        }
    }
}
