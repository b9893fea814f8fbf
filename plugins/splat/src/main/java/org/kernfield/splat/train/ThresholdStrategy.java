package org.kernfield.splat.train;

import org.kernfield.numerics.CounterRandom;
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
        int n = splats.count();
        var from = new int[2 * n];
        var origin = new int[2 * n];
        int kept = 0;
        int room = Math.max(0, stage.cap() - n);
        var isSplit = new boolean[2 * n];
        boolean isLate = stage.step() > LOWERED_EVERY;
        for (int k = 0; k < n; k++) {
            double largest = largest(splats, k);
            if (isGone(splats, k, largest, isLate ? OVERSIZED * stage.extent() : 1 / 0.0)) {
                continue;
            }
            boolean doubles = room > 0 && isPulled(watched, k);
            boolean splits = doubles && largest > SMALL * stage.extent();
            isSplit[kept] = splits;
            from[kept] = k;
            origin[kept++] = splits ? -1 : k;
            if (doubles) {
                room--;
                isSplit[kept] = splits;
                from[kept] = k;
                origin[kept++] = -1;
            }
        }
        if (kept == 0) {
            // everything has faded: there is nothing to go on from but what is there
            return Unchanging.same(splats);
        }
        Splats refined = splats.select(Arrays.copyOf(from, kept));
        var random = new CounterRandom(stage.seed());
        for (int row = 0; row < kept; row++) {
            if (isSplit[row]) {
                split(refined, row, random);
            }
        }
        if (isTimeToLower(stage)) {
            lower(refined);
            Arrays.fill(origin, -1);
        }
        return new Refined(refined, Arrays.copyOf(origin, kept));
    }

    private boolean isPulled(Watched watched, int k) {
        float visits = watched.visits()[k];
        return visits > 0 && watched.gradients()[k] / visits >= threshold;
    }

    private static boolean isGone(Splats splats, int k, double largest, double limit) {
        return !(Logistic.of(splats.opacities()[k]) >= FAINT) || largest > limit;
    }

    private static double largest(Splats splats, int k) {
        float[] s = splats.logScales();
        return Math.exp(Math.max(s[3 * k], Math.max(s[3 * k + 1], s[3 * k + 2])));
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
    private static void split(Splats splats, int row, CounterRandom random) {
        float[] q = splats.rotations();
        var axes = Rotation.matrix(q[4 * row], q[4 * row + 1], q[4 * row + 2], q[4 * row + 3]);
        var offset = new double[3];
        for (int c = 0; c < 3; c++) {
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
