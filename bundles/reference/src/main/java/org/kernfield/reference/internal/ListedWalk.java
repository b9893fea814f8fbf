package org.kernfield.reference.internal;

/** The pairs of lists, a grid or a stencil. */
final class ListedWalk implements Walk {
    private static final int GROUP = 64;

    private final Job job;
    private final boolean intoSources;

    ListedWalk(Job job, boolean intoSources) {
        this.job = job;
        this.intoSources = intoSources;
    }

    @Override
    public void visit(Gathering gathering) {
        var entries = Entries.of(job);
        int rows = intoSources ? job.sources() : job.queries();
        int[] starts = starts(intoSources ? entries.source() : entries.query(), rows);
        int[] order = order(intoSources ? entries.source() : entries.query(), starts);
        Reader[] readers = job.readers(entries.filled());
        int[] all = job.code().all();
        int lanes = job.lanes();
        job.inParts(
                rows,
                GROUP,
                part -> {
                    Lanes block = job.block(readers);
                    int end = Math.min(rows, (part + 1) * GROUP);
                    for (int row = part * GROUP; row < end; row++) {
                        job.resources().cancel().check();
                        for (int from = starts[row]; from < starts[row + 1]; from += lanes) {
                            int count = Math.min(lanes, starts[row + 1] - from);
                            Index index = pairs(entries, order, from);
                            block.evaluate(all, index, count);
                            gathering.take(row, block, index, count);
                        }
                    }
                });
    }

    private static Index pairs(Entries entries, int[] order, int from) {
        return (role, lane) -> {
            int entry = order[from + lane];
            return switch (role) {
                case INPUT -> entries.query()[entry];
                case PARAM -> entries.source()[entry];
                case PAIR -> entry;
                case UNIFORM -> 0;
            };
        };
    }

    private static int[] starts(int[] rowOf, int rows) {
        var starts = new int[rows + 1];
        for (int row : rowOf) {
            starts[row + 1]++;
        }
        for (int row = 0; row < rows; row++) {
            starts[row + 1] += starts[row];
        }
        return starts;
    }

    /** The entries of each row, in their own order. */
    private static int[] order(int[] rowOf, int[] starts) {
        int[] next = starts.clone();
        var order = new int[rowOf.length];
        for (int entry = 0; entry < rowOf.length; entry++) {
            order[next[rowOf[entry]]++] = entry;
        }
        return order;
    }
}
