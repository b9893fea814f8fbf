package org.kernfield.nd4j.internal;

import org.kernfield.backend.Args;
import org.kernfield.backend.Array;
import org.kernfield.backend.ElementType;
import org.kernfield.backend.Queries;
import org.kernfield.backend.Resources;
import org.kernfield.kernel.Kernel;
import org.kernfield.kernel.Slot;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * One call: where its numbers come from, its plan, and places to compute blocks in, of which each
 * thread has one.
 */
final class Job implements AutoCloseable {
    /** Pairs of a block: enough to hide what a call of ND4J costs, few enough for caches. */
    private static final int PAIRS = 1 << 15;

    private static final int LEAST_PAIRS = 1 << 8;

    /** The part of the memory that blocks may take together. */
    private static final int SHARE = 8;

    /** Rows between two looks at the cancel token. */
    private static final int LOOK = 1 << 16;

    final Kernel kernel;
    final Plan plan;
    final ElementType type;
    final Resources resources;
    final int queries;
    final int sources;
    private final Reader[] readers;
    private final double[] scalars;
    private final Arena arena = Arena.ofShared();
    private final ConcurrentLinkedQueue<Block> idle = new ConcurrentLinkedQueue<>();
    private final int pairs;
    private int mostQueries;
    private int mostSources;
    private long taken;

    Job(
            Kernel kernel,
            Plan plan,
            Args args,
            Map<String, Array> arrays,
            Map<String, Reader> filled,
            int sources,
            Resources resources) {
        this.kernel = kernel;
        this.plan = plan;
        this.type = ElementType.of(kernel.precision());
        this.resources = resources;
        this.queries = Math.toIntExact(args.queries().count());
        this.sources = sources;
        var uniforms = new double[plan.slots.size()][];
        readers = new Reader[uniforms.length];
        for (int k = 0; k < readers.length; k++) {
            Slot slot = plan.slots.get(k);
            if (slot.role() == Slot.Role.UNIFORM) {
                uniforms[k] = args.uniforms().get(slot.name());
            } else {
                readers[k] = reader(slot, args, arrays, filled);
            }
        }
        scalars = Block.scalars(plan, type, uniforms);
        pairs = pairs(resources.budget().limit());
    }

    private Reader reader(
            Slot slot, Args args, Map<String, Array> arrays, Map<String, Reader> filled) {
        Reader own = filled.get(slot.name());
        if (own != null) {
            return own;
        }
        if (args.queries() instanceof Queries.Raster raster && raster.slot().equals(slot.name())) {
            return new Reader.Pixels(raster);
        }
        return new Reader.Rows(arrays.get(slot.name()), slot.width());
    }

    /** Fewer where memory is scarce; not by threads, which must not change bits. */
    private int pairs(long limit) {
        int count = PAIRS;
        while (count > LEAST_PAIRS && plan.bytes(1, count, type.bytes()) > limit / SHARE / 16) {
            count /= 2;
        }
        return count;
    }

    /** Largest number of pairs of a block. */
    int pairs() {
        return pairs;
    }

    Reader reader(String slot) {
        return readers[plan.slots.indexOf(kernel.slot(slot))];
    }

    /** Says how large blocks will be, and takes memory for one a thread. */
    void blocks(int queriesOfBlock, int sourcesOfBlock, int parts) {
        mostQueries = queriesOfBlock;
        mostSources = sourcesOfBlock;
        long threads = Math.max(1, Math.min(parts, resources.workers().count()));
        long bytes = threads * plan.bytes(mostQueries, mostSources, type.bytes());
        take(bytes, "blocks of kernel " + kernel.name());
    }

    /** Takes memory of the budget until this job is closed. */
    void take(long bytes, String what) {
        resources.budget().take(bytes, what);
        taken += bytes;
    }

    /** Takes memory for as many as half of what is left holds: from 1 to {@code most}. */
    int atOnce(int most, long bytesOfOne) {
        long fitting = resources.budget().left() / 2 / Math.max(1, bytesOfOne);
        int count = Math.clamp(fitting, 1, Math.max(1, most));
        take(count * bytesOfOne, "%d tiles of kernel %s".formatted(count, kernel.name()));
        return count;
    }

    /** Looks at the cancel token now and then in a long loop. */
    void look(int row) {
        if (row % LOOK == 0) {
            resources.cancel().check();
        }
    }

    /** Work on one part in a place to compute. */
    interface Part {
        void in(Block block, int part);
    }

    /** Runs parts on the caller's threads. */
    void inParts(int parts, Part work) {
        resources
                .workers()
                .forEach(
                        parts,
                        part -> {
                            resources.cancel().check();
                            Block block = idle.poll();
                            if (block == null) {
                                block = block();
                            }
                            try {
                                work.in(block, part);
                            } finally {
                                idle.add(block);
                            }
                        });
    }

    private Block block() {
        return new Block(
                plan, type, readers, scalars, mostQueries, mostSources, resources.cancel(), arena);
    }

    /** One of each part, kept until all have been made: for sums that are added in order. */
    <T> List<T> ofParts(int parts, IntFunction<T> none, Making<T> making) {
        var made = new ArrayList<T>();
        for (int k = 0; k < parts; k++) {
            made.add(none.apply(k));
        }
        inParts(parts, (block, part) -> made.set(part, making.in(block, part)));
        return made;
    }

    /** Makes something of a part. */
    interface Making<T> {
        T in(Block block, int part);
    }

    static int[] range(int first, int count) {
        var rows = new int[count];
        for (int k = 0; k < count; k++) {
            rows[k] = first + k;
        }
        return rows;
    }

    @Override
    public void close() {
        idle.clear();
        arena.close();
        resources.budget().release(taken);
    }
}
