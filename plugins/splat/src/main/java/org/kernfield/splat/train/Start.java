package org.kernfield.splat.train;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.NeighbourLists;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.CounterRandom;
import org.kernfield.numerics.neighbours.NeighbourSearch;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Splats;

/**
 * Splats to begin with: one at each point, round, of the point's colour. They are smaller and more
 * opaque than published ones (as large as the distance from the three nearest neighbours, opacity
 * 0.1): fewer lie over each other, and short trainings come further.
 *
 * <p>Source: B. Kerbl and others, 3D Gaussian splatting for real-time radiance field rendering
 * (2023), section 5.1.
 */
final class Start {
    private static final int NEIGHBOURS = 3;
    private static final double LEAST_SQUARED_DISTANCE = 1e-7;
    private static final double OPACITY = 0.4;

    /** Standard deviation in root mean square distances from the nearest neighbours. */
    private static final double SIZE = 0.6;

    /** Half a side of the cube of random points, in distances of the cameras from the focus. */
    private static final double HALF_SIDE = 0.33;

    private static final int CHOICE = 0x57A7;
    private static final int PLACES = 0x57A8;
    private static final int TURNS = 0x57A9;

    private Start() {}

    /** At random places in a cube about the focus, grey. */
    static PointCloud random(int count, Extent extent, long seed) {
        var random = new CounterRandom(seed);
        var positions = new float[3 * count];
        for (int k = 0; k < positions.length; k++) {
            double within = 2 * random.uniform(0, PLACES, k) - 1;
            positions[k] = (float) (extent.focus()[k % 3] + within * HALF_SIDE * extent.distance());
        }
        return new PointCloud(positions, new float[0]);
    }

    /** At most {@code most} of the points, chosen at random. */
    static PointCloud thinned(PointCloud points, int most, long seed) {
        int n = points.count();
        if (n <= most) {
            return points;
        }
        var random = new CounterRandom(seed);
        var positions = new float[3 * most];
        var colours = new float[points.hasColours() ? 3 * most : 0];
        int kept = 0;
        for (int k = 0; k < n && kept < most; k++) {
            // each with the chance that is left: exactly so many are taken (Knuth's algorithm S)
            if (random.uniform(0, CHOICE, k) * (n - k) < most - kept) {
                System.arraycopy(points.positions(), 3 * k, positions, 3 * kept, 3);
                if (colours.length > 0) {
                    System.arraycopy(points.colours(), 3 * k, colours, 3 * kept, 3);
                }
                kept++;
            }
        }
        return new PointCloud(positions, colours);
    }

    /**
     * Of degree 0.
     *
     * @param points finite
     */
    static Splats at(PointCloud points, Workers workers) {
        int n = points.count();
        Splats splats = Splats.allocate(n, 0);
        System.arraycopy(points.positions(), 0, splats.means(), 0, 3 * n);
        double logit = Math.log(OPACITY / (1 - OPACITY));
        NeighbourSearch search =
                NeighbourSearch.of(points.positions(), 3, workers, CancelToken.NONE);
        NeighbourLists near = search.nearestOthers(NEIGHBOURS, workers, CancelToken.NONE);
        for (int k = 0; k < n; k++) {
            double scale =
                    Math.log(SIZE) + 0.5 * Math.log(squaredDistance(points.positions(), near, k));
            for (int c = 0; c < 3; c++) {
                splats.logScales()[3 * k + c] = (float) scale;
                float colour = points.hasColours() ? points.colours()[3 * k + c] : 0.5f;
                splats.sh()[3 * k + c] = (float) ((colour - 0.5) / Splats.SH_0);
            }
            splats.rotations()[4 * k] = 1;
            splats.opacities()[k] = (float) logit;
        }
        return splats;
    }

    /** Turned at random, for splats that are not round. */
    static Splats turned(Splats splats, long seed) {
        var random = new CounterRandom(seed);
        for (int k = 0; k < splats.rotations().length; k++) {
            splats.rotations()[k] = (float) random.normal(0, TURNS, k);
        }
        return splats;
    }

    /** Mean of the squared distances from the nearest ones. */
    private static double squaredDistance(float[] positions, NeighbourLists near, int point) {
        int from = near.offsets()[point];
        int to = near.offsets()[point + 1];
        double sum = 0;
        for (int j = from; j < to; j++) {
            for (int c = 0; c < 3; c++) {
                double d = (double) positions[3 * point + c] - positions[3 * near.indices()[j] + c];
                sum += d * d;
            }
        }
        return Math.max(to > from ? sum / (to - from) : 1, LEAST_SQUARED_DISTANCE);
    }
}
