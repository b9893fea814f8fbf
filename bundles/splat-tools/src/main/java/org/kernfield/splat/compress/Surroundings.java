package org.kernfield.splat.compress;

import org.kernfield.scene.Camera;
import org.kernfield.scene.Ring;
import org.kernfield.scene.Splats;
import org.kernfield.scene.View;

import java.util.ArrayList;
import java.util.List;

/** Views of a scene from all around, above and below. */
public final class Surroundings {
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    private static final double FIELD_OF_VIEW = Math.toRadians(50);

    private Surroundings() {}

    /**
     * Views from the points of a Fibonacci lattice on the sphere of {@link Ring}, half of them from
     * half as far.
     *
     * @param count of views
     * @param size pixels of each side
     */
    public static List<View> of(Splats splats, int count, int size) {
        Ring ring = Ring.around(splats);
        double focal = size / 2.0 / Math.tan(FIELD_OF_VIEW / 2);
        var camera =
                new Camera(
                        size, size, focal, focal, size / 2.0, size / 2.0, Camera.Lens.PERSPECTIVE);
        var views = new ArrayList<View>();
        for (int k = 0; k < count; k++) {
            double y = 1 - (2 * k + 1.0) / count;
            double r = Math.sqrt(1 - y * y);
            double[] forward = {r * Math.sin(k * GOLDEN_ANGLE), y, r * Math.cos(k * GOLDEN_ANGLE)};
            double distance = k % 2 == 0 ? ring.radius() : ring.radius() / 2;
            views.add(View.at(ring.centre(), forward, distance, "", camera));
        }
        return views;
    }
}
