package org.kernfield.splat.train;

import org.kernfield.backend.CancelToken;
import org.kernfield.backend.Workers;
import org.kernfield.numerics.CounterRandom;
import org.kernfield.numerics.RadixSort;
import org.kernfield.scene.Rotation;
import org.kernfield.scene.Splats;
import org.kernfield.splat.DensityStrategy;

import java.util.Arrays;

/**
 * Splats are doubled where the picture pulls at them: small ones are cloned, large ones split in
 * two. Faint and oversized ones are removed, and now and then all are made faint, so that those
 * nobody needs stay so.
 *
 * <p>Source: B. Kerbl and others, 3D Gaussian splatting for real-time radiance field rendering
 * (2023), section 5.2.
 */
abstract class ThresholdStrategy implements DensityStrategy {
    /** Greatest deviation of a small splat, in extents of the scene. */
    private static final double SMALL = 0.01;

    /** Greatest deviation that is kept once opacities have been lowered, in extents. */
    private static final double OVERSIZED = 0.1;

    private static final double SHRINK = 1.6;
    private static final double FAINT = 0.005;

    /** What opacities are lowered to, and how many steps there are in between. */
    private static final double LOWERED = 0.01;

    private static final long LOWERED_EVERY = 3000;

    private final double threshold;

    /**
     * @param threshold of the mean gradient, from which on a splat is doubled
     */
    ThresholdStrategy(double threshold) {
        this.threshold = threshold;
    }

    @Override
    public final Refined refine(Splats splats, Watched watched, Stage stage) {
        boolean[] stays = staying(splats, stage);
        int kept = count(stays);
        if (kept == 0) {
            // everything has faded: there is nothing to go on from but what is there
            return Unchanging.same(splats);
        }
        boolean[] doubles = doubling(stays, watched, Math.max(0, stage.cap() - kept));
        int total = kept + count(doubles);
        var from = new int[total];
        var origin = new int[total];
        var isSplit = new boolean[total];
        int row = 0;
        for (int k = 0; k < stays.length; k++) {
            boolean splits = doubles[k] && largest(splats, k, stage) > SMALL * stage.extent();
            int copies = doubles[k] ? 2 : stays[k] ? 1 : 0;
            for (int copy = 0; copy < copies; copy++) {
                isSplit[row] = splits;
                from[row] = k;
                origin[row++] = splits || copy > 0 ? -1 : k;
            }
        }
        return placed(splats, from, origin, isSplit, stage);
    }

    private static boolean[] staying(Splats splats, Stage stage) {
        boolean isLate = stage.step() > LOWERED_EVERY;
        double limit = isLate ? OVERSIZED * stage.extent() : Double.POSITIVE_INFINITY;
        var stays = new boolean[splats.count()];
        for (int k = 0; k < stays.length; k++) {
            stays[k] =
                    Logistic.of(splats.opacities()[k]) >= FAINT
                            && !(largest(splats, k, stage) > limit);
        }
        return stays;
    }

    private static int count(boolean[] those) {
        int count = 0;
        for (boolean is : those) {
            count += is ? 1 : 0;
        }
        return count;
    }

    /** Of those that stay and are pulled the strongest, of equal ones the first. */
    private boolean[] doubling(boolean[] stays, Watched watched, int room) {
        var keys = new float[stays.length];
        int pulled = 0;
        for (int k = 0; k < keys.length; k++) {
            float visits = watched.visits()[k];
            float pull = visits > 0 ? watched.gradients()[k] / visits : 0;
            boolean isPulled = stays[k] && pull >= threshold;
            keys[k] = isPulled ? -pull : Float.POSITIVE_INFINITY;
            pulled += isPulled ? 1 : 0;
        }
        int[] order = RadixSort.order(keys, Workers.SERIAL, CancelToken.NONE);
        var doubles = new boolean[keys.length];
        for (int at = 0; at < Math.min(room, pulled); at++) {
            doubles[order[at]] = true;
        }
        return doubles;
    }

    private static Refined placed(
            Splats splats, int[] from, int[] origin, boolean[] isSplit, Stage stage) {
        Splats placed = splats.select(from);
        var random = new CounterRandom(stage.seed());
        for (int row = 0; row < from.length; row++) {
            if (isSplit[row]) {
                split(placed, row, axes(stage), random);
            }
        }
        if (isTimeToLower(stage)) {
            lower(placed);
            Arrays.fill(origin, -1);
        }
        return new Refined(placed, origin);
    }

    /** How many scales of a splat say something. */
    private static int axes(Stage stage) {
        return stage.isFlat() ? 2 : 3;
    }

    private static double largest(Splats splats, int k, Stage stage) {
        float[] s = splats.logScales();
        float most = Math.max(s[3 * k], s[3 * k + 1]);
        return Math.exp(stage.isFlat() ? most : Math.max(most, s[3 * k + 2]));
    }

    /** Whether a multiple of the interval has been passed, and as many steps are left again. */
    private static boolean isTimeToLower(Stage stage) {
        long before = stage.step() - stage.interval();
        return stage.step() / LOWERED_EVERY > before / LOWERED_EVERY
                && stage.steps() - stage.step() >= LOWERED_EVERY;
    }

    private static void lower(Splats splats) {
        float logit = (float) Logistic.inverse(LOWERED);
        for (int k = 0; k < splats.count(); k++) {
            splats.opacities()[k] = Math.min(splats.opacities()[k], logit);
        }
    }

    /** Moves a splat to a place drawn from its own Gaussian and makes it smaller. */
    private static void split(Splats splats, int row, int along, CounterRandom random) {
        float[] q = splats.rotations();
        var axes = Rotation.matrix(q[4 * row], q[4 * row + 1], q[4 * row + 2], q[4 * row + 3]);
        var offset = new double[3];
        for (int c = 0; c < along; c++) {
            double deviation = Math.exp(splats.logScales()[3 * row + c]);
            double drawn = deviation * random.normal(0, c, row);
            for (int r = 0; r < 3; r++) {
                offset[r] += axes[3 * r + c] * drawn;
            }
        }
        for (int c = 0; c < 3; c++) {
            splats.means()[3 * row + c] += (float) offset[c];
            splats.logScales()[3 * row + c] -= (float) Math.log(SHRINK);
        }
    }
}
