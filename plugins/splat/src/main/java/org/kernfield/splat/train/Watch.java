package org.kernfield.splat.train;

import org.kernfield.backend.Array;
import org.kernfield.field.State;
import org.kernfield.splat.DensityStrategy.Watched;

/** Gathers how strongly pictures pull at splats between two refinements. */
final class Watch {
    private static final String GRADIENTS = "watched.gradients";
    private static final String VISITS = "watched.visits";

    private final float[] gradients;
    private final float[] visits;

    Watch(int count) {
        this(new float[count], new float[count]);
    }

    private Watch(float[] gradients, float[] visits) {
        this.gradients = gradients;
        this.visits = visits;
    }

    /**
     * Adds what one picture gives: those that it does not show a part of are not visited.
     *
     * @param pulls n × 2, gradients of the centres in pixels
     * @param centres n × 2, in pixels
     * @param extents n × 2, half the sides of the splats' boxes; negative where one was not drawn
     */
    void add(float[] pulls, float[] centres, float[] extents, int width, int height) {
        for (int k = 0; k < visits.length; k++) {
            if (isWithin(centres[2 * k], extents[2 * k], width)
                    && isWithin(centres[2 * k + 1], extents[2 * k + 1], height)) {
                gradients[k] +=
                        (float)
                                Math.hypot(
                                        pulls[2 * k] * width / 2.0,
                                        pulls[2 * k + 1] * height / 2.0);
                visits[k]++;
            }
        }
    }

    private static boolean isWithin(float centre, float half, int size) {
        return half >= 0 && centre + half > 0 && centre - half < size;
    }

    Watched seen() {
        return new Watched(gradients, visits);
    }

    void save(State into) {
        into.arrays().put(GRADIENTS, Array.of(1, gradients.clone()));
        into.arrays().put(VISITS, Array.of(1, visits.clone()));
    }

    static Watch restore(State from) {
        return new Watch(from.array(GRADIENTS).toFloats(), from.array(VISITS).toFloats());
    }
}
