package org.kernfield.io.internal.camera;

import org.kernfield.scene.Camera;
import org.kernfield.scene.PointCloud;
import org.kernfield.scene.Scene;
import org.kernfield.scene.View;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A scene as COLMAP's tables: cameras that several pictures share are written once, all numbers
 * start at 1.
 *
 * @param cameras each once
 * @param pictures in the order of the scene's views
 * @param points those of the scene
 */
record ColmapFiles(List<Lens> cameras, List<Picture> pictures, PointCloud points) {
    /**
     * A camera.
     *
     * @param model of COLMAP's
     * @param parameters as many as the model has
     */
    record Lens(ColmapModel model, int width, int height, List<Double> parameters) {}

    /**
     * A picture.
     *
     * @param camera number of its camera, from 1
     * @param pose quaternion w, x, y, z and translation, world to camera
     */
    record Picture(String name, int camera, double[] pose) {}

    /**
     * @throws IllegalArgumentException for a camera that COLMAP has no model or no size for
     */
    static ColmapFiles of(Scene scene) {
        Map<Lens, Integer> numbers = new LinkedHashMap<>();
        var pictures = new ArrayList<Picture>();
        for (View view : scene.views()) {
            int camera = numbers.computeIfAbsent(lens(view), l -> numbers.size() + 1);
            var pose = new double[7];
            System.arraycopy(Rotations.quaternion(view.rotation()), 0, pose, 0, 4);
            System.arraycopy(view.translation(), 0, pose, 4, 3);
            pictures.add(new Picture(view.picture(), camera, pose));
        }
        return new ColmapFiles(List.copyOf(numbers.keySet()), pictures, scene.points());
    }

    private static Lens lens(View view) {
        Camera camera = view.camera();
        if (camera.width() < 1 || camera.height() < 1) {
            throw new IllegalArgumentException(
                    view.picture() + " has a camera without a size, which COLMAP needs");
        }
        ColmapModel model = ColmapModel.of(camera);
        var parameters = new ArrayList<Double>();
        for (double number : new double[] {camera.fx(), camera.fy(), camera.cx(), camera.cy()}) {
            parameters.add(number);
        }
        double[] distortion = camera.distortion();
        for (int k = 0; parameters.size() < model.parameters(); k++) {
            parameters.add(k < distortion.length ? distortion[k] : 0);
        }
        return new Lens(model, camera.width(), camera.height(), parameters);
    }

    /** A colour of a point as a byte; white where there are none. */
    int colour(int point, int channel) {
        return points.hasColours()
                ? Math.clamp(Math.round(255 * points.colours()[3 * point + channel]), 0, 255)
                : 255;
    }
}
