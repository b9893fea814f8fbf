package org.kernfield.splat.compress;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;
import org.kernfield.splat.edit.Decimation;
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
         * Coarser numbers and fewer splats, with all coefficients or those of degree 1, in the
         * mixture that looks best.
         */
        AUTO,
        /** Coarser numbers only, as coarse as needed. */
        GRID,
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
                    case GRID -> coarsened(bytes, splats, COARSEST);
                    case DISTIL -> distilled(bytes, splats, from);
                    case PRUNE -> pruned(bytes, splats, from);
                    case MERGE -> thinned(bytes, splats, n -> merged(splats, n));
                    case AUTO -> automatic(bytes, splats, from);
                };
        long size = packed.bytes(made);
        if (size > bytes) {
            throw new IllegalArgumentException(
                    "%s: leaves %,d bytes where %,d are wanted; use auto, a smaller ratio or .sog"
                            .formatted(method.name().toLowerCase(Locale.ROOT), size, bytes));
        }
        return made;
    }

    private Splats automatic(long bytes, Splats splats, List<View> views) throws IOException {
        long size = packed.bytes(splats);
        if (size <= bytes) {
            return splats;
        }
        double[] significance = Significance.of(splats, views, workers, cancel);
        Splats best = null;
        List<String> done = List.of();
        double highest = Double.NEGATIVE_INFINITY;
        for (int degree : new TreeSet<>(List.of(Math.min(1, splats.degree()), splats.degree()))) {
            Splats plain = new Distillation(degree, views, workers).apply(splats);
            var pruning = new Pruning(plain, significance);
            for (int coarseness = 1; coarseness <= COARSEST; coarseness++) {
                var coarsening = Coarsening.of(coarseness);
                Splats made = thinned(bytes, plain, n -> coarsening.apply(pruning.to(n)));
                double psnr = judge.psnr(made);
                if (best == null || psnr > highest) {
                    best = made;
                    highest = psnr;
                    done = described(splats, made, coarseness);
                }
            }
        }
        steps.clear();
        steps.addAll(done);
        return best;
    }

    private static List<String> described(Splats splats, Splats made, int coarseness) {
        var steps = new ArrayList<String>();
        if (made.degree() < splats.degree()) {
            steps.add("colours of degree %d for %d".formatted(made.degree(), splats.degree()));
        }
        steps.add("rounded numbers, coarseness " + coarseness);
        if (made.count() < splats.count()) {
            steps.add("%,d splats of %,d".formatted(made.count(), splats.count()));
        }
        return steps;
    }

    private Splats coarsened(long bytes, Splats splats, int coarsest) throws IOException {
        long size = packed.bytes(splats);
        if (size <= bytes) {
            return splats;
        }
        // steps that cannot be enough are not tried
        double needed = Math.log((double) size / bytes) / Math.log(GAIN_OF_A_STEP);
        Splats made = splats;
        for (int step = (int) Math.clamp(needed, 1, coarsest); step <= coarsest; step++) {
            made = Coarsening.of(step).apply(splats);
            if (packed.bytes(made) <= bytes || step == coarsest) {
                steps.add("rounded numbers, coarseness " + step);
                break;
            }
        }
        return made;
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
            steps.add("colours of degree %d for %d".formatted(made.degree(), splats.degree()));
        }
        return made;
    }

    private Splats pruned(long bytes, Splats splats, List<View> views) throws IOException {
        var pruning = new Pruning(splats, Significance.of(splats, views, workers, cancel));
        return thinned(bytes, splats, pruning::to);
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
     * About as many splats as fit, found between a number that is too many and one that is not; at
     * first by the mean size of a splat.
     */
    private Splats thinned(long bytes, Splats splats, Thinning thinning) throws IOException {
        int tooMany = splats.count();
        Splats all = thinning.to(tooMany);
        long most = packed.bytes(all);
        if (most <= bytes) {
            return all;
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
        return made;
    }
}
