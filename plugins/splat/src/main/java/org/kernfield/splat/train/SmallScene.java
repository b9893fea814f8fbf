package org.kernfield.splat.train;

import org.kernfield.field.Image;
import org.kernfield.field.RadianceTask;
import org.kernfield.scene.Camera;
import org.kernfield.scene.Photograph;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.View;

import java.util.Arrays;
import java.util.List;

/** A grey photograph of a few points: what training needs at least to show which code it runs. */
public final class SmallScene {
    /** Pixels of a side, which can be halved. */
    private static final int SIDE = 64;

    /** Points in a row of their grid. */
    private static final int ACROSS = 6;

    private static final double DISTANCE = 3;

    private SmallScene() {}

    public static RadianceTask task() {
        double middle = SIDE / 2.0;
        var camera = new Camera(SIDE, SIDE, SIDE, SIDE, middle, middle, Camera.Lens.PERSPECTIVE);
        double[] ahead = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        var view = new View("made up", camera, ahead, new double[] {0, 0, DISTANCE});
        var grey = new float[3 * SIDE * SIDE];
        Arrays.fill(grey, 0.5f);
        return new RadianceTask(
                List.of(new Photograph(view, new Image(SIDE, SIDE, 3, grey), null)),
                List.of(),
                grid(),
                new float[3]);
    }

    private static PointCloud grid() {
        var places = new float[3 * ACROSS * ACROSS];
        for (int k = 0; k < ACROSS * ACROSS; k++) {
            places[3 * k] = (float) (k % ACROSS - ACROSS / 2.0) / ACROSS;
            places[3 * k + 1] = (float) (k / ACROSS - ACROSS / 2.0) / ACROSS;
            places[3 * k + 2] = 0.01f * k;
        }
        return new PointCloud(places, new float[0]);
    }
}
