package org.kernfield.gp.model;

import org.kernfield.gp.BoundCovariance;
import org.kernfield.gp.exact.Observations;
import org.kernfield.numerics.CounterRandom;
import org.kernfield.numerics.Lbfgsb;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The searches for hyper-parameters that a fit makes one after the other: several from different
 * starts on a few hundred rows, then from the best of them on four times as many, and so on up to
 * all. Most evaluations are made where they are cheap.
 */
final class Course {
    /** Rows that are searched at once: parts of so few lead astray. */
    private static final int WHOLE = 800;

    /** Rows of the smallest part, and for each column. */
    private static final int FEW = 300;

    private static final int FEW_A_COLUMN = 12;
    private static final int GROWTH = 4;

    /** Evaluations that a search takes which begins near its end. */
    private static final double USUAL = 10;

    private static final String LENGTH = "lengthscale";

    /** Deviation of the coordinates of random starts. */
    private static final double SPREAD = 1.2;

    /** How much longer than the user's length scales those of a start are, at most: e³ = 20. */
    private static final double REACH = 3;

    private static final Lbfgsb.Stop ROUGH = new Lbfgsb.Stop(1e-1, 1e-4, 40);
    private static final Lbfgsb.Stop FINE = new Lbfgsb.Stop(1e-3, 2e-8, 200);

    /** For tables of which an evaluation is expensive: small gains are none. */
    private static final Lbfgsb.Stop FAIR = new Lbfgsb.Stop(1e-2, 1e-5, 100);

    /**
     * One search.
     *
     * @param rows how many of the rows, in the course's order
     * @param isScout whether it begins anew, else where the best before ended
     */
    record Leg(int rows, boolean isScout, Lbfgsb.Stop stop) {
        /** What a search of that many rows takes, in operations of no particular kind. */
        double cost() {
            return (isScout ? 2 : 1) * USUAL * evaluation(rows);
        }

        /** Of one evaluation: the matrix, and its factor and inverse. */
        static double evaluation(double rows) {
            return rows * rows * (100 + rows / 3);
        }
    }

    private final List<Leg> legs;
    private final RowOrder order;
    private final long seed;

    /**
     * @param n rows in all
     * @param most rows of the last search
     * @param columns inputs
     * @param restarts scouts besides the one from the user's start
     */
    Course(int n, int most, int columns, long restarts, long seed) {
        this.seed = seed;
        this.order = new RowOrder(n, seed);
        this.legs = legs(Math.min(n, most), columns, restarts);
    }

    private static List<Leg> legs(int most, int columns, long restarts) {
        var sizes = new ArrayList<Integer>();
        if (most > WHOLE) {
            int few = Math.max(FEW, FEW_A_COLUMN * columns);
            for (int size = few; GROWTH * size / 2 < most; size *= GROWTH) {
                sizes.add(size);
            }
        }
        sizes.add(most);
        var legs = new ArrayList<Leg>();
        boolean isOnly = sizes.size() == 1;
        for (int k = 0; k <= restarts; k++) {
            legs.add(new Leg(sizes.getFirst(), true, isOnly ? FINE : ROUGH));
        }
        for (int size : sizes.subList(1, sizes.size())) {
            legs.add(new Leg(size, false, size == most ? FAIR : ROUGH));
        }
        return legs;
    }

    int size() {
        return legs.size();
    }

    Leg leg(int k) {
        return legs.get(k);
    }

    /** The observations that a search sees; all of them as they are. */
    Observations part(int leg, Observations all) {
        return legs.get(leg).rows() == all.rows()
                ? all
                : all.rows(order.first(legs.get(leg).rows()));
    }

    /**
     * Where a search begins: the first where the user says, the second with less noise, further
     * scouts at random, the others where the best ended.
     *
     * @param best coordinates that the searches before found best; null for none
     */
    double[] start(int leg, BoundCovariance given, double[] best) {
        var coordinates = given.coordinates();
        double[] start = coordinates.values();
        if (leg == 0) {
            return start;
        }
        if (!legs.get(leg).isScout()) {
            carry(best, start, coordinates.names());
        } else if (leg == 1) {
            quieten(start, coordinates.names(), given.noiseParameters());
        } else {
            var random = new CounterRandom(seed);
            for (int k = 0; k < start.length; k++) {
                start[k] += SPREAD * random.normal(leg, 2, k);
            }
        }
        return start;
    }

    /** To where the best ended; length scales beyond reach have no slope to come back by. */
    private static void carry(double[] best, double[] start, List<String> names) {
        for (int k = 0; k < start.length; k++) {
            boolean isLength = names.get(k).contains(LENGTH);
            start[k] = isLength ? Math.min(best[k], start[k] + REACH) : best[k];
        }
    }

    /** The same with a tenth of the noise: beginning with much of it may end with nothing else. */
    private static void quieten(double[] start, List<String> names, Set<String> noise) {
        for (int k = 0; k < start.length; k++) {
            String name = names.get(k).replaceFirst("\\[\\d+]$", "");
            start[k] -= noise.contains(name) ? Math.log(10) : 0;
        }
    }
}
