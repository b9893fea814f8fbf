package org.kernfield.splat;

import org.kernfield.scene.Splats;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How splats multiply, move and vanish while they are trained. A service, stateless: it is looked
 * up by name at each refinement, and what is gathered in between belongs to the fit. The same
 * arguments give the same result: randomness is a function of {@link Stage#seed} and of indices.
 */
@ConsumerType
public interface DensityStrategy {
    /** Short lower-case name, unique among strategies, for example {@code mcmc}. */
    String name();

    /** A few words for people. */
    String label();

    /** Whether gradients of the centres on the screen are gathered between two refinements. */
    default boolean watchesGradients() {
        return false;
    }

    /**
     * Whether these are summed over a picture's pixels by absolute values, component by component,
     * so that pixels that pull a splat to different sides do not cancel (Z. Ye and others, AbsGS,
     * 2024).
     */
    default boolean watchesMagnitudes() {
        return false;
    }

    /**
     * Size of the random walk of the means after each step, in learning rates of the means: each
     * moves by Σ·ξ · sigmoid(−100·(opacity − 0.005)) · rate · this, Σ being the splat's covariance
     * and ξ three standard normal numbers. 0 for none.
     */
    default double exploration() {
        return 0;
    }

    /** Weight of the mean opacity in the loss. */
    default double opacityPenalty() {
        return 0;
    }

    /** Weight of the mean standard deviation in the loss, in scene units. */
    default double scalePenalty() {
        return 0;
    }

    /**
     * Other splats in place of the present ones.
     *
     * @param splats not modified; attributes of the primitive are further properties of theirs
     * @param watched what was gathered since the last refinement
     */
    Refined refine(Splats splats, Watched watched, Stage stage);

    /**
     * What was seen of each splat since the last refinement; zeros where nothing is gathered.
     *
     * @param gradients n, summed norms of the gradients of the centres on the screen, or of their
     *     magnitudes, with half the width and half the height of the picture as units of length
     * @param visits n, pictures in which the splat was drawn
     */
    record Watched(float[] gradients, float[] visits) {}

    /**
     * Where in the training it happens.
     *
     * @param step steps made
     * @param steps expected in all
     * @param interval steps since the last refinement
     * @param roundsLeft refinements that will follow, at least 0
     * @param seed for random numbers, another one each time
     * @param extent of the scene, in its units: 1.1 times the greatest distance of a camera from
     *     their mean
     * @param cap most splats there may be
     * @param isFlat whether the third scale of each splat has no part in anything, see {@link
     *     Primitive#isFlat}
     */
    record Stage(
            long step,
            long steps,
            long interval,
            int roundsLeft,
            long seed,
            double extent,
            int cap,
            boolean isFlat) {}

    /**
     * What a refinement came to.
     *
     * @param splats at most {@link Stage#cap}, or as many as there were; without the further
     *     properties they begin with the primitive's initial attributes
     * @param origin for each of them the row of the former splats whose moments it continues, −1
     *     for moments of zero
     */
    record Refined(Splats splats, int[] origin) {
        public Refined {
            if (origin.length != splats.count()) {
                throw new IllegalArgumentException(
                        "refinement: %d origins for %d splats; give one a splat"
                                .formatted(origin.length, splats.count()));
            }
        }
    }
}
