package org.kernfield.splat.compress;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.edit.Decimation;
import org.kernfield.splat.edit.Edit;
import org.kernfield.splat.edit.FiniteNumbers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Makes splats small enough for a file of some size, doing no more than that needs. The format of
 * the file does its own part: SOG codes positions, shapes and colours in pictures without loss and
 * further coefficients by a palette.
 */
public final class Compression {
    /** What may be done. */
    public enum Method {
        /**
         * Coarser numbers and fewer splats, with all coefficients, with those of a code book or
         * those of degree 1, in the mixture that looks best; sorted on a grid where that is
         * smaller.
         */
        AUTO,
        /** Sorted on a grid where that is smaller, with numbers as coarse as needed. */
        GRID,
        /** Colours of degrees above 0 from a code book, as small as needed. */
        QUANTISE,
        /** Colours of a lower degree only, as low as needed. */
        DISTIL,
        /** The least significant splats are dropped. */
        PRUNE,
        /** Neighbours are merged. */
        MERGE
    }

    /** How large a file of these splats is. */
    @FunctionalInterface
    public interface Packed {
        /** Bytes. */
        long bytes(Splats splats) throws IOException;
    }

    /** How much splats look like the original. */
    @FunctionalInterface
    public interface Judge {
        /** PSNR of pictures, in decibels; NaN where nothing can be said. */
        double psnr(Splats splats);
    }

    private static final int VIEWS = 24;
    private static final int VIEW_SIZE = 200;
    private static final int COARSEST = 3;

    /** How often as small as one coarser step makes a file, about. */
    private static final double GAIN_OF_A_STEP = 1.2;

    private static final int TRIALS = 8;

    private static final String SORTED = "sorted on a grid";

    /** Sizes of the code book in a mixture. */
    private static final int SPLATS_PER_ENTRY = 16;

    private static final int FEWEST_ENTRIES = 16;
    private static final int MOST_ENTRIES = 4096;

    /** The largest code book of its own method, and how much smaller each next one is. */
    private static final int LARGEST_BOOK = 1 << 16;

    private static final int SHRINKING = 4;

    /** Share of the bytes asked for that is near enough. */
    private static final double NEARLY = 0.985;

    private final Packed packed;
    private final Judge judge;
    private final Workers workers;
    private final CancelToken cancel;
    private final List<String> steps = new ArrayList<>();

    /**
     * @param packed the format's part
     * @param judge decides between mixtures
     * @param workers for what takes long
     * @param cancel polled meanwhile
     */
    public Compression(Packed packed, Judge judge, Workers workers, CancelToken cancel) {
        this.packed = packed;
        this.judge = judge;
        this.workers = workers;
        this.cancel = cancel;
    }

    /** What was done, for people, in its order. */
    public List<String> steps() {
        return List.copyOf(steps);
    }

    /** Bytes of a 3DGS PLY of these splats, normals included, its header left out. */
    public static long plyBytes(Splats splats) {
        return (14L + 3L * Splats.coefficients(splats.degree())) * Float.BYTES * splats.count();
    }

    /**
     * The splats, changed as little as the method can for a file of at most {@code bytes}.
     *
     * @param views somebody looks from; empty for views from all around
     * @throws IllegalArgumentException if the method cannot make them so small, or naming the first
     *     splat with a number that {@link FiniteNumbers} refuses
     * @throws IOException if the size cannot be told
     */
    public Splats to(long bytes, Method method, Splats splats, List<View> views)
            throws IOException {
        FiniteNumbers.require(splats, "compressed");
        List<View> from = views.isEmpty() ? Surroundings.of(splats, VIEWS, VIEW_SIZE) : views;
        Splats made =
                switch (method) {
                    case GRID -> coarsened(bytes, splats);
                    case QUANTISE -> quantised(bytes, splats, from);
                    case DISTIL -> distilled(bytes, splats, from);
                    case PRUNE -> pruned(bytes, splats, from);
                    case MERGE -> thinned(bytes, splats, n -> merged(splats, n)).splats;
                    case AUTO -> automatic(bytes, splats, from);
                };
        long size = packed.bytes(made);
        if (size > bytes) {
            String name = method.name().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException(
                    size == packed.bytes(splats)
                            ? "%s: makes this format no smaller than %,d bytes where %,d are wanted; use prune, merge or auto, or write .sog"
                                    .formatted(name, size, bytes)
                            : "%s: leaves %,d bytes where %,d are wanted; use auto, a smaller ratio or .sog"
                                    .formatted(name, size, bytes));
        }
        return made;
    }

    /**
     * What is done to all splats before some are dropped.
     *
     * @param what for people
     */
    private record Base(Edit edit, List<String> what) {}

    /**
     * Splats to drop the least significant ones and round the others of.
     *
     * @param what was done to them already, for people
     */
    private record Mixture(Splats plain, Pruning pruning, int coarseness, List<String> what) {
        Splats to(int count) {
            return Coarsening.of(coarseness).apply(pruning.to(count));
        }

        List<String> described(Splats made) {
            var steps = new ArrayList<>(what);
            steps.add(rounded(coarseness));
            if (made.count() < plain.count()) {
                steps.add("%,d splats of %,d".formatted(made.count(), plain.count()));
            }
            return steps;
        }
    }

    private static String rounded(int coarseness) {
        return "rounded numbers, coarseness " + coarseness;
    }

    private Splats automatic(long bytes, Splats splats, List<View> views) throws IOException {
        if (packed.bytes(splats) <= bytes) {
            return splats;
        }
        double[] significance = Significance.of(splats, views, workers, cancel);
        Thinned best = null;
        Mixture chosen = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (Base base : bases(splats, significance, views)) {
            Splats plain = base.edit.apply(splats);
            var pruning = new Pruning(plain, significance);
            for (int coarseness = 1; coarseness <= COARSEST; coarseness++) {
                var mixture = new Mixture(plain, pruning, coarseness, base.what);
                Thinned made = thinned(bytes, plain, mixture::to);
                if (best != null && best.isWithin(bytes) && !made.isWithin(bytes)) {
                    continue;
                }
                boolean isFirst = best == null || made.isWithin(bytes) && !best.isWithin(bytes);
                double psnr = judge.psnr(made.splats);
                if (isFirst || psnr > highest) {
                    best = made;
                    chosen = mixture;
                    highest = psnr;
                }
            }
        }
        Splats made = refined(bytes, best.splats, chosen);
        steps.clear();
        steps.addAll(chosen.described(made));
        if (made != best.splats) {
            steps.add(SORTED);
        }
        return made;
    }

    /** What mixtures begin with, each made when its turn comes. */
    private List<Base> bases(Splats splats, double[] significance, List<View> views) {
        var bases = new ArrayList<Base>();
        int whole = splats.degree();
        for (int degree : new TreeSet<>(List.of(Math.min(1, whole), whole))) {
            bases.add(
                    new Base(
                            new Distillation(degree, views, workers),
                            degree == whole ? List.of() : List.of(lower(whole, degree))));
        }
        if (whole > 0) {
            int entries =
                    Math.clamp(splats.count() / SPLATS_PER_ENTRY, FEWEST_ENTRIES, MOST_ENTRIES);
            bases.add(
                    new Base(new Quantisation(entries, significance), List.of(quantised(entries))));
        }
        return bases;
    }

    /** Sorted on a grid with as many more splats as that makes room for, where it makes any. */
    private Splats refined(long bytes, Splats made, Mixture mixture) throws IOException {
        var grid = new SortedGrid(workers, cancel);
        Splats sorted = grid.apply(made);
        long before = packed.bytes(made);
        long after = packed.bytes(sorted);
        if (after >= before) {
            return made;
        }
        long room = (long) ((double) bytes / after * before);
        Splats more = grid.apply(thinned(room, mixture.plain, mixture::to).splats);
        return packed.bytes(more) <= bytes ? more : sorted;
    }

    private Splats coarsened(long bytes, Splats splats) throws IOException {
        long size = packed.bytes(splats);
        if (size <= bytes) {
            return splats;
        }
        Splats coarsest = Coarsening.of(COARSEST).apply(splats);
        if (packed.bytes(coarsest) == size) {
            return coarsest;
        }
        Splats sorted = new SortedGrid(workers, cancel).apply(splats);
        long least = Math.min(size, packed.bytes(sorted));
        // steps that cannot be enough are not tried
        double needed = Math.log((double) least / bytes) / Math.log(GAIN_OF_A_STEP);
        for (int step = (int) Math.clamp(needed, 0, COARSEST); ; step++) {
            Splats plain = step == 0 ? splats : Coarsening.of(step).apply(splats);
            Splats grid = step == 0 ? sorted : Coarsening.of(step).apply(sorted);
            long plainSize = packed.bytes(plain);
            long gridSize = packed.bytes(grid);
            if (Math.min(plainSize, gridSize) <= bytes || step == COARSEST) {
                if (gridSize < plainSize) {
                    steps.add(SORTED);
                }
                if (step > 0) {
                    steps.add(rounded(step));
                }
                return gridSize < plainSize ? grid : plain;
            }
        }
    }

    private Splats quantised(long bytes, Splats splats, List<View> views) throws IOException {
        if (splats.degree() == 0 || packed.bytes(splats) <= bytes) {
            return splats;
        }
        double[] significance = Significance.of(splats, views, workers, cancel);
        // as many entries as splats would change nothing
        int entries =
                splats.count() > LARGEST_BOOK
                        ? LARGEST_BOOK
                        : Math.max(FEWEST_ENTRIES, splats.count() / SHRINKING);
        Splats made = new Quantisation(entries, significance).apply(splats);
        while (entries > FEWEST_ENTRIES && packed.bytes(made) > bytes) {
            entries = Math.max(FEWEST_ENTRIES, entries / SHRINKING);
            made = new Quantisation(entries, significance).apply(splats);
        }
        steps.add(quantised(entries));
        return made;
    }

    private static String quantised(int entries) {
        return "colours of degrees above 0 from a book of %,d".formatted(entries);
    }

    private static String lower(int whole, int degree) {
        return "colours of degree %d for %d".formatted(degree, whole);
    }

    private Splats distilled(long bytes, Splats splats, List<View> views) throws IOException {
        Splats made = splats;
        for (int degree = splats.degree() - 1; degree >= 0; degree--) {
            if (packed.bytes(made) <= bytes) {
                break;
            }
            made = new Distillation(degree, views, workers).apply(splats);
        }
        if (made != splats) {
            steps.add(lower(splats.degree(), made.degree()));
        }
        return made;
    }

    private Splats pruned(long bytes, Splats splats, List<View> views) throws IOException {
        var pruning = new Pruning(splats, Significance.of(splats, views, workers, cancel));
        return thinned(bytes, splats, pruning::to).splats;
    }

    private Splats merged(Splats splats, int count) {
        return new Decimation(count, workers, cancel).apply(splats);
    }

    /** Splats by their number. */
    @FunctionalInterface
    private interface Thinning {
        Splats to(int count);
    }

    /**
     * Fewer splats.
     *
     * @param size of a file of them, in bytes
     */
    private record Thinned(Splats splats, long size) {
        boolean isWithin(long bytes) {
            return size <= bytes;
        }
    }

    /**
     * About as many splats as fit, found between a number that is too many and one that is not; at
     * first by the mean size of a splat.
     */
    private Thinned thinned(long bytes, Splats splats, Thinning thinning) throws IOException {
        int tooMany = splats.count();
        Splats all = thinning.to(tooMany);
        long most = packed.bytes(all);
        if (most <= bytes) {
            return new Thinned(all, most);
        }
        Splats fitting = null;
        int few = 0;
        long least = 0;
        for (int trial = 0; trial < TRIALS && least < NEARLY * bytes; trial++) {
            double part = (NEARLY * bytes - least) / (most - least);
            int count = few + (int) Math.clamp(part * (tooMany - few), 1, tooMany - few);
            Splats fewer = thinning.to(count);
            long size = packed.bytes(fewer);
            if (size <= bytes) {
                fitting = fewer;
                few = fewer.count();
                least = size;
            } else if (fewer.count() >= tooMany) {
                break;
            } else {
                tooMany = fewer.count();
                most = size;
            }
        }
        Splats made = fitting == null ? thinning.to(Math.max(1, tooMany / 2)) : fitting;
        steps.add("%,d splats of %,d".formatted(made.count(), splats.count()));
        return new Thinned(made, fitting == null ? packed.bytes(made) : least);
    }
}
